using Fpe.Checkpoints;
using Fpe.Compute;
using Fpe.Data;
using Fpe.EndToEnd.Tests.Support;
using Fpe.Training;

namespace Fpe.EndToEnd.Tests.Graphs;

/// <summary>Declared graphs compile, train, have the counts that the compiler proved, and can be saved and loaded.</summary>
public sealed class GraphTests
{
    private static readonly Dataset Digits =
        CsvClasses.Read(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv.gz"), featureCount: 64, classCount: 10, scale: 1 / 16f);

    [Fact]
    public void Residual_network_with_a_norm() => TrainAndLoad<ResidualNet>(
        new TrainingOptions { Epochs = 2 }, ResidualNet.ExpandedWeights, ResidualNet.ExpandedBiases, (model, samples) => model.Forward(samples));

    [Fact]
    public void Skip_network_with_learned_edges()
    {
        Assert.Equal(400, SkipNet.ExpandedWeights);
        TrainAndLoad<SkipNet>(
            new TrainingOptions { Epochs = 4, EdgeLearning = new EdgeExchange() },
            SkipNet.ExpandedWeights, SkipNet.ExpandedBiases, (model, samples) => model.Forward(samples));
    }

    [Fact]
    public void Residual_convolutions_with_a_norm() => TrainAndLoad<ResNet>(
        new TrainingOptions { Epochs = 2 }, ResNet.ExpandedWeights, ResNet.ExpandedBiases, (model, samples) => model.Forward(samples));

    private static void TrainAndLoad<TModel>(TrainingOptions options, long weights, long biases, Func<TModel, float[], float[]> forward)
        where TModel : Model, IModel<TModel>
    {
        using var folder = new TemporaryFolder();
        using TModel model = TModel.Create(seed: 3, Device.Default);
        new Trainer(options).Fit(model, Digits);
        Assert.True(model.IsExpanded);
        Assert.Equal((weights, biases), (model.WeightCount, model.BiasCount));

        model.Save(folder["model.safetensors"]);
        using TModel loaded = ModelFile.Load<TModel>(folder["model.safetensors"]);
        Assert.Equal((weights, biases), (loaded.WeightCount, loaded.BiasCount));
        float[] samples = [.. Enumerable.Range(0, 20).SelectMany(sample => Digits.Sample(sample).ToArray())];
        Assert.Equal(forward(model, samples), forward(loaded, samples));
    }
}
