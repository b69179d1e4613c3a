using Fpe.Checkpoints;
using Fpe.Compute;
using Fpe.Data;
using Fpe.EndToEnd.Tests.Support;
using Fpe.Training;

namespace Fpe.EndToEnd.Tests.Graphs;

/// <summary>A model of blocks is the model of the same layers written out, except for their names.</summary>
public sealed class BlockTests
{
    private static readonly Dataset Digits =
        CsvClasses.Read(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv.gz"), featureCount: 64, classCount: 10, scale: 1 / 16f);

    private static readonly TrainingOptions Options = new() { Epochs = 3, ExpandAfter = 1 };

    [Fact]
    public void Has_the_counts_of_its_layers_written_out()
    {
        Assert.Equal(
            (WrittenOutNet.DenseWeights, WrittenOutNet.WeightsBeforePruning, WrittenOutNet.ExpandedWeights, WrittenOutNet.DenseBiases, WrittenOutNet.ExpandedBiases),
            (BlockNet.DenseWeights, BlockNet.WeightsBeforePruning, BlockNet.ExpandedWeights, BlockNet.DenseBiases, BlockNet.ExpandedBiases));
        Assert.Equal(2 * (16 * 32 + 32 * 16), BlockNet.BlocksDenseWeights);
        Assert.Equal(2 * (16 * 32 + 64 * 16), BlockNet.BlocksWeightsBeforePruning);
        Assert.Equal((16 * 32 + 32 * 16, 32 + 16 + 2 * 16), (ResidualBlock.DenseWeights, ResidualBlock.DenseBiases));
        Assert.Equal(ResidualBlock.DenseWeights + 16 * 10, HeadBlock.DenseWeights);
        Assert.Equal(HeadBlock.DenseWeights, BlockNet.HeadDenseWeights);
    }

    [Fact]
    public void Trains_to_the_same_bits_as_its_layers_written_out()
    {
        using var blocks = new BlockNet(seed: 5);
        using var layers = new WrittenOutNet(seed: 5);
        Assert.Equal(Bits(layers), Bits(blocks));
        TrainingResult ofBlocks = Fit(blocks, Options);
        TrainingResult ofLayers = Fit(layers, Options);
        Assert.True(blocks.IsExpanded);
        Assert.Equal(ofLayers.Epochs.Select(epoch => epoch.TrainLoss), ofBlocks.Epochs.Select(epoch => epoch.TrainLoss));
        Assert.Equal(Bits(layers), Bits(blocks));
        Assert.Equal(layers.Forward(Digits.Sample(0)), blocks.Forward(Digits.Sample(0)));
    }

    [Fact]
    public void Its_properties_are_the_layers_of_the_model()
    {
        using var model = new BlockNet(seed: 5);
        Layer[] properties =
        [
            model.Stem,
            .. model.Blocks.SelectMany(block => new Layer[] { block.Norm, block.Wide, block.Narrow, block.Sum }),
            model.Head.Last.Norm, model.Head.Last.Wide, model.Head.Last.Narrow, model.Head.Last.Sum, model.Head.Drop, model.Head.Logits,
        ];
        Assert.Equal(model.Layers, properties);
        Assert.Equal("Blocks.1.Wide", model.Blocks[1].Wide.Name);
        Assert.Equal("Head.Last.Sum", model.Head.Last.Sum.Name);
        Assert.Contains("Blocks.1.Wide ", model.Summarize().ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Is_saved_under_paths_and_loaded_again()
    {
        using var folder = new TemporaryFolder();
        using var model = new BlockNet(seed: 5);
        Fit(model, Options);
        model.Save(folder["model.safetensors"]);
        using BlockNet loaded = ModelFile.Load<BlockNet>(folder["model.safetensors"]);
        Assert.Equal(Bits(model), Bits(loaded));
        Assert.Contains("blocks.1.wide.bias", model.Parameters.Select(parameter => parameter.Name));
        Assert.Contains("head.last.norm.weight", loaded.Parameters.Select(parameter => parameter.Name));
    }

    [Fact]
    public void Resumes_to_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        TrainingOptions saved = Options with { Checkpoints = new CheckpointOptions(folder["run"]) { Resume = true } };
        using var source = new CancellationTokenSource();
        using var stopped = new BlockNet(seed: 5);
        Assert.Equal(StopReason.Cancelled, Fit(stopped, saved, source).StopReason);
        using var resumed = new BlockNet(seed: 5);
        using var whole = new BlockNet(seed: 5);
        Fit(resumed, saved);
        Fit(whole, Options);
        Assert.Equal(Bits(whole), Bits(resumed));
    }

    /// <summary>Trains a model, to the end or, with a source, for two epochs.</summary>
    private static TrainingResult Fit<TModel>(TModel model, TrainingOptions options, CancellationTokenSource? source = null)
        where TModel : Model => source is null
        ? new Trainer(options).Fit(model, Digits)
        : new Trainer(options, new CancelAfter(2, source)).Fit(model, Digits, cancellation: source.Token);

    private static IEnumerable<float[]> Bits<TModel>(TModel model)
        where TModel : Model => model.Parameters.Select(parameter =>
    {
        var values = new float[parameter.Value.Length];
        parameter.Value.Read(values);
        return values;
    });

    private sealed class CancelAfter(int epoch, CancellationTokenSource source) : ITrainingObserver
    {
        public void EpochEnded(Model model, EpochReport report)
        {
            if (report.Epoch == epoch)
                source.Cancel();
        }
    }
}
