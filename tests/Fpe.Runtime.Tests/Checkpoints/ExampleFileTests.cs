using Fpe.Checkpoints;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Files;
using Fpe.Runtime.Tests.Layers;

namespace Fpe.Runtime.Tests.Checkpoints;

/// <summary>Model files that keep examples.</summary>
public sealed class ExampleFileTests : IDisposable
{
    private static readonly Dataset Samples = Dataset.OfClasses("samples", 8, [.. Enumerable.Range(0, 5 * 8).Select(i => MathF.Sin(i))], [0, 2, 1, 2, 0], 3);

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");

    private string File => Path.Combine(folder.FullName, "model.safetensors");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(WeightForm.Sparse)]
    [InlineData(WeightForm.Dense)]
    public void Examples_come_back_with_the_model(WeightForm form)
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        model.Expand();
        model.Save(File, Samples, form);
        Dataset loaded = Read(model.Plan)!;
        Assert.Equal((5, 8, 3), (loaded.Count, loaded.FeatureCount, loaded.OutputCount));
        Assert.Equal(Samples.Features, loaded.Features);
        Assert.Equal(Samples.Labels, loaded.Labels);
    }

    [Fact]
    public void The_model_of_such_a_file_loads_as_any_other()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        model.Expand();
        model.Save(File, Samples);
        using var loaded = new PlannedModel(Expansions.Plan("random"), seed: 2);
        loaded.LoadWeights(File);
        float[] sample = [.. Samples.Sample(1)];
        Assert.Equal(model.Outputs(sample), loaded.Outputs(sample));
    }

    [Fact]
    public void A_file_without_examples_has_none()
    {
        using var model = new PlannedModel(Expansions.Plan("dense"), seed: 1);
        model.Save(File);
        Assert.Null(Read(model.Plan));
    }

    [Fact]
    public void Examples_that_do_not_fit_are_refused_before_anything_is_written()
    {
        using var model = new PlannedModel(Expansions.Plan("dense"), seed: 1);
        Refused(Dataset.OfClasses("narrow", 2, [1, 2], [0], 3), "narrow: its samples have 2 values, but TestNet reads 8; save it with a model that reads them.");
        Refused(Dataset.OfClasses("few", 8, new float[8], [0], 2), "few: its samples have 2 classes, but TestNet predicts 3 classes; save examples of the same classes.");
        Refused(Dataset.OfTargets("targets", 8, new float[8], 3, [1, 2, 3]), "targets: its samples have 3 target values, but TestNet predicts 3 classes; save examples of the same classes.");
        Refused(Standardization.PerFeature(Samples).Apply(Samples), "samples: its samples are standardised already; pass them as they were read.");
        Assert.False(System.IO.File.Exists(File));

        void Refused(Dataset examples, string message) => Assert.Equal(message, Assert.Throws<DatasetException>(() => model.Save(File, examples)).Message);
    }

    [Fact]
    public void Examples_of_another_model_are_refused()
    {
        using var model = new PlannedModel(Expansions.Plan("dense"), seed: 1);
        model.Save(File, Samples);
        Assert.Equal(
            $"{File}: tensor examples.features is [5, 8], but [5, 9] is expected.",
            Assert.Throws<CheckpointMismatchException>(() => Read(Plans.OneHidden(9, 6, 3, ExpansionPlan.None))).Message);
        Assert.Equal(
            $"{File}: tensor examples.labels has 2 at 1, but only 0 to 1 exist.",
            Assert.Throws<CheckpointMismatchException>(() => Read(Plans.OneHidden(8, 6, 2, ExpansionPlan.None))).Message);
    }

    [Theory]
    [InlineData("none", "metadata fpe.examples is none, which is not a number of examples; save the model again.")]
    [InlineData("0", "metadata fpe.examples is 0, which is not a number of examples; save the model again.")]
    public void A_damaged_number_is_named(string text, string problem)
    {
        using var model = new PlannedModel(Expansions.Plan("dense"), seed: 1);
        var writer = new ModelWriter(model, WeightForm.Sparse);
        AtomicFile.Write(File, new SafetensorsWriter(
            File, writer.Metadata().Append(new("fpe.examples", text)), writer.Tensors().Concat(ExampleTensors.Of(Samples, model.Plan))).Write);
        Assert.Equal($"{File}: {problem}", Assert.Throws<CheckpointFormatException>(() => Read(model.Plan)).Message);
    }

    [Fact]
    public void A_value_that_is_not_finite_is_named()
    {
        using var model = new PlannedModel(Expansions.Plan("dense"), seed: 1);
        var writer = new ModelWriter(model, WeightForm.Sparse);
        Tensor[] tensors = [.. ExampleTensors.Of(Samples, model.Plan)];
        float[] features = [.. ((TensorOf<float>)tensors[0]).Content];
        features[11] = float.NaN;
        tensors[0] = (TensorOf<float>)tensors[0] with { Content = features };
        AtomicFile.Write(File, new SafetensorsWriter(File, writer.Metadata().Append(ExampleTensors.Metadata(Samples)), writer.Tensors().Concat(tensors)).Write);
        Assert.Equal(
            $"{File}: examples.features is NaN at [1, 3]; save the model again with finite examples.",
            Assert.Throws<CheckpointValueException>(() => Read(model.Plan)).Message);
    }

    private Dataset? Read(ModelPlan plan)
    {
        using SafetensorsReader reader = SafetensorsReader.Open(File);
        return ExampleTensors.Read(reader, plan);
    }
}
