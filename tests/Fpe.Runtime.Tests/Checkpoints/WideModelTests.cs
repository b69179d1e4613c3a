using Fpe.Checkpoints;
using Fpe.Compute;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Checkpoints;

/// <summary>Networks with few edges in many columns, whose files hold lists instead of flags.</summary>
public sealed class WideModelTests : IDisposable
{
    /// <summary>Blocks of 4 children that read 2 of 64 inputs, and rows of single edges.</summary>
    private static readonly ModelPlan Small = Plans.Chain(
        64, countBiases: false,
        new LinearPlan("First", 64, 8) { Expansion = new ExpansionPlan(32, Share: 4, Outgoing: Outgoing.Deal) },
        new LinearPlan("Second", 8, 64) { Expansion = new ExpansionPlan(8, Outgoing: Outgoing.Deal) },
        new LinearPlan("Logits", 64, 10));

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");

    private string File => Path.Combine(folder.FullName, "model.safetensors");

    [Theory]
    [InlineData(WeightForm.Sparse)]
    [InlineData(WeightForm.Dense)]
    public void Index_data_are_lists_where_these_are_smaller(WeightForm form)
    {
        using var model = new PlannedModel(Small, seed: 1);
        using var copy = new PlannedModel(Small, seed: 2);
        model.Expand();
        model.Save(File, form);
        using (SafetensorsReader reader = SafetensorsReader.Open(File))
        {
            Assert.Equal("2", reader.Metadata["fpe.version"]);
            Assert.Equal(
                [
                    "first.weight_blocks", "first.weight_column_counts", "first.weight_column_indices",
                    "logits.weight_columns", "second.weight_column_counts", "second.weight_column_indices",
                ],
                reader.Tensors.Keys.Where(name => name.Contains('_', StringComparison.Ordinal) && !name.EndsWith("_values", StringComparison.Ordinal)).Order());
            Assert.Equal((TensorType.U8, TensorType.U8), (reader.Tensors["first.weight_column_counts"].Type, reader.Tensors["first.weight_column_indices"].Type));
            Assert.Equal((64L, 128L), (reader.Tensors["first.weight_column_counts"].Shape[0], reader.Tensors["first.weight_column_indices"].Shape[0]));
            Assert.Equal((TensorType.U8, TensorType.U8), (reader.Tensors["second.weight_column_counts"].Type, reader.Tensors["second.weight_column_indices"].Type));
            Assert.Equal((512L, 512L), (reader.Tensors["second.weight_column_counts"].Shape[0], reader.Tensors["second.weight_column_indices"].Shape[0]));
        }

        copy.LoadWeights(File);
        Assert.Equal(model.Parameters.Select(Values), copy.Parameters.Select(Values));
        float[] samples = [.. Enumerable.Range(0, 64).Select(i => MathF.Sin(i))];
        Assert.Equal(model.Outputs(samples), copy.Outputs(samples));
    }

    [Theory]
    [InlineData("descending", "tensor first.weight_column_indices has")]
    [InlineData("too large", "tensor first.weight_column_indices has 64 at 1, but only 0 to 63 exist.")]
    [InlineData("counts", "tensor first.weight_column_indices is [128], but [129] is expected.")]
    [InlineData("count too large", "tensor first.weight_column_counts has 65 at 3, but only 0 to 64 exist.")]
    [InlineData("missing", "there is no tensor first.weight_column_indices; [128] is expected.")]
    [InlineData("type", "tensor first.weight_column_indices is I8, but U8, U16 or U32 is expected.")]
    [InlineData("shape", "tensor first.weight_column_indices is [1, 128], but [128] is expected.")]
    [InlineData("blocks", "tensor first.weight_column_counts has 257 blocks, but 256 rows can form only 1 to 256.")]
    public void Lists_that_cannot_be_are_refused(string damage, string problem)
    {
        using var model = new PlannedModel(Small, seed: 1);
        model.Expand();
        model.Save(File);
        Dictionary<string, TensorOf<byte>> tensors;
        Dictionary<string, string> metadata;
        using (SafetensorsReader reader = SafetensorsReader.Open(File))
        {
            tensors = reader.Tensors.Values.ToDictionary(tensor => tensor.Name, tensor => new TensorOf<byte>(tensor.Name, tensor.Type, tensor.Shape, reader.Read<byte>(tensor)));
            metadata = reader.Metadata.Where(pair => pair.Key != "fpe.crc32c").ToDictionary();
        }

        TensorOf<byte> indices = tensors["first.weight_column_indices"];
        switch (damage)
        {
            case "descending":
                indices.Content[0] = indices.Content[1];
                break;
            case "too large":
                indices.Content[1] = 64;
                break;
            case "counts":
                tensors["first.weight_column_counts"].Content[0]++;
                break;
            case "count too large":
                tensors["first.weight_column_counts"].Content[3] = 65;
                break;
            case "missing":
                tensors.Remove(indices.Name);
                break;
            case "type":
                tensors[indices.Name] = indices with { Type = TensorType.I8 };
                break;
            case "shape":
                tensors[indices.Name] = indices with { Shape = [1, .. indices.Shape] };
                break;
            default:
                tensors["first.weight_column_counts"] = new TensorOf<byte>("first.weight_column_counts", TensorType.U8, [257], new byte[257]);
                break;
        }

        using (FileStream stream = System.IO.File.Create(File))
            new SafetensorsWriter(File, metadata, tensors.Values).Write(stream);
        using var other = new PlannedModel(Small, seed: 3);
        Assert.StartsWith($"{File}: {problem}", Assert.Throws<CheckpointMismatchException>(() => other.LoadWeights(File)).Message, StringComparison.Ordinal);
        Assert.False(other.IsExpanded);
    }

    [Fact]
    public void A_file_grows_with_weights_and_not_with_rows_times_inputs()
    {
        using var model = new PlannedModel(Plans.OneHidden(784, 256, 10, new ExpansionPlan(784)), seed: 1);
        model.Save(File);
        long dense = new FileInfo(File).Length;
        model.Expand();
        model.Save(File);
        // for each of 200,704 children 4 bytes of a bias, a count, and 2 or 4 bytes for the column of an edge that pruning left, of which there
        // are about as many
        Assert.InRange(new FileInfo(File).Length, dense + (5 * 200_704), dense + (9 * 200_704) + 20_000);
    }

    [Fact]
    public void A_network_of_880_000_children_is_trained_saved_resumed_and_loaded()
    {
        ModelPlan plan = Plans.OneHidden(20_000, 44, 2, new ExpansionPlan(20_000));
        float[] features = [.. Enumerable.Range(0, 2 * 20_000).Select(i => (i % 7) / 7f)];
        Dataset data = Dataset.OfClasses("data", 20_000, features, [0, 1], 2);
        var options = new TrainingOptions
        {
            Epochs = 1,
            BatchSize = 2,
            Optimizer = new Sgd(0.01) { Momentum = 0.9 },
            Checkpoints = new CheckpointOptions(Path.Combine(folder.FullName, "run")) { Resume = true },
        };
        using var model = new PlannedModel(plan, seed: 1);
        new Trainer(options).Fit(model, data);
        model.Save(File);
        Assert.InRange(new FileInfo(File).Length, 8 * 880_000, 12 * 880_000);

        using var loaded = new PlannedModel(plan, seed: 2);
        loaded.LoadWeights(File);
        Assert.Equal(880_088, loaded.WeightCount);
        Assert.Equal(model.Parameters.Select(Values), loaded.Parameters.Select(Values));
        using var resumed = new PlannedModel(plan, seed: 1);
        new Trainer(options).Fit(resumed, data);
        Assert.Equal(model.Parameters.Select(Values), resumed.Parameters.Select(Values));
    }

    [Fact]
    public void A_weight_that_is_larger_than_an_array_is_not_written_with_zeros()
    {
        using var model = new PlannedModel(Plans.OneHidden(20_000, 6, 1, new ExpansionPlan(20_000)), seed: 1);
        model.Expand();
        Assert.Equal(
            $"{File}: it was not saved, because hidden.weight has 120000 × 20000 elements with zeros filled in, but the maximum is 2147483591; use WeightForm.Sparse.",
            Assert.Throws<CheckpointFormatException>(() => model.Save(File, WeightForm.Dense)).Message);
        Assert.Empty(folder.GetFiles());
        Assert.Equal(
            "Hidden has 120000 × 20000 elements including zeros, more than an array can hold (2147483591); use ReadWeights.",
            Assert.Throws<InvalidOperationException>(model.Linears.First().ToDense).Message);
        model.Save(File, WeightForm.Sparse);
        Assert.Single(folder.GetFiles());
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static double[] Values(Parameter parameter) => Slots.Read(parameter, parameter.Value);
}
