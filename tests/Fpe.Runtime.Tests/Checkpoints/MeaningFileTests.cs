using Fpe.Checkpoints;
using Fpe.Data;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Checkpoints;

/// <summary>The meaning of a model in files.</summary>
public sealed class MeaningFileTests : IDisposable
{
    private static readonly Dataset Samples = Dataset.OfTargets("samples", 3, [1, 2, 3, 4, 2, 8, 9, 2, -1], 2, [1, 5, 2, 7, 4, 9]);

    private static readonly ModelMeaning Full = new()
    {
        Task = ModelTask.Regression,
        ClassNames = ["höhe", "\"tiefe\""],
        Threshold = 0.3,
        Features = Standardization.PerFeature(Samples),
        Targets = Standardization.OfTargets(Samples),
        Encoder = "örtlich/gramme-64",
    };

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");

    private string File => Path.Combine(folder.FullName, "model.safetensors");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(WeightForm.Sparse)]
    [InlineData(WeightForm.Dense)]
    public void A_loaded_model_means_what_the_saved_one_meant(WeightForm form)
    {
        using PlannedModel model = Create();
        model.Meaning = Full;
        model.Save(File, form);
        using PlannedModel loaded = Create();
        loaded.LoadWeights(File);
        Assert.Equal(Full, loaded.Meaning);
        Assert.Equal(Full.Features!.Deviations, loaded.Meaning.Features!.Deviations);
        Assert.Equal(model.PredictValues([5, 6, 7]), loaded.PredictValues([5, 6, 7]));
    }

    [Fact]
    public void A_model_of_which_nothing_is_known_has_the_file_it_always_had()
    {
        using PlannedModel model = Create();
        model.Save(File);
        using SafetensorsReader reader = SafetensorsReader.Open(File);
        Assert.Equal(["format", "fpe.crc32c", "fpe.expanded", "fpe.plan", "fpe.seed", "fpe.version"], reader.Metadata.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_metadata_are_texts_that_other_programs_read()
    {
        using PlannedModel model = Create();
        model.Meaning = Full;
        model.Save(File);
        using SafetensorsReader reader = SafetensorsReader.Open(File);
        Assert.Equal(("Regression", "0.3", "örtlich/gramme-64"), (reader.Metadata["fpe.task"], reader.Metadata["fpe.threshold"], reader.Metadata["fpe.encoder"]));
        Assert.Equal("""{"groups":[[0,1],[1,1]],"means":[2.3333333333333335,7],"deviations":[1.247219128924647,1.632993161855452]}""", reader.Metadata["fpe.targets"]);
    }

    [Fact]
    public void What_a_file_does_not_know_stays_as_it_is()
    {
        using PlannedModel model = Create();
        model.Save(File);
        using PlannedModel loaded = Create();
        loaded.Meaning = Full;
        loaded.LoadWeights(File);
        Assert.Equal(Full, loaded.Meaning);
    }

    [Fact]
    public void A_file_with_a_task_replaces_the_whole_meaning()
    {
        using PlannedModel model = Create();
        model.Meaning = new ModelMeaning { Task = ModelTask.Regression };
        model.Save(File);
        using PlannedModel loaded = Create();
        loaded.Meaning = Full;
        loaded.LoadWeights(File);
        Assert.Equal(model.Meaning, loaded.Meaning);
        Assert.Equal(model.PredictValues([5, 6, 7]), loaded.PredictValues([5, 6, 7]));
    }

    [Fact]
    public void A_file_of_another_task_is_refused()
    {
        using PlannedModel model = Create();
        model.Meaning = new ModelMeaning { Task = ModelTask.MultiLabel };
        model.Save(File);
        using PlannedModel other = Create();
        other.Meaning = new ModelMeaning { Task = ModelTask.Classification };
        Assert.Equal(
            $"{File}: its task is multi-label classification, but that of LinearNet is classification; load it into a model without a task, or into the model that was saved.",
            Assert.Throws<CheckpointMismatchException>(() => other.LoadWeights(File)).Message);
        Assert.Equal(ModelTask.Classification, other.Meaning.Task);
    }

    [Theory]
    [InlineData("fpe.task", "Ordinal", "metadata fpe.task is Ordinal, but this library knows Classification, BinaryClassification, MultiLabel, Regression; update the library.")]
    [InlineData("fpe.classes", """["a",null]""", "its meaning does not fit: LinearNet: the name of class 1 is empty; give it one.")]
    [InlineData("fpe.classes", """["a"]""", "its meaning does not fit: LinearNet: there are 1 class names, but 2 outputs; pass one name for each.")]
    [InlineData("fpe.features", """{"groups":[[0,2000000000]],"means":[0],"deviations":[1]}""", "metadata fpe.features has 2000000000 features, but the model has 3; load it into the model that was saved.")]
    [InlineData("fpe.features", """{"groups":[[0,2],[1,1]],"means":[0],"deviations":[1]}""", "metadata fpe.features has [1, 1] as group 1, but needs a group from -1 to 0 and a number of features; load it into the model that was saved.")]
    [InlineData("fpe.features", """{"groups":[null],"means":[0],"deviations":[1]}""", "metadata fpe.features has [] as group 0, but needs a group from -1 to 0 and a number of features; load it into the model that was saved.")]
    [InlineData("fpe.features", """{"groups":[[0,3]],"means":[0],"deviations":[1,2]}""", "metadata fpe.features has 1 means and 2 deviations, but needs as many of both, and at least one; load it into the model that was saved.")]
    [InlineData("fpe.targets", """{"groups":[[0,2]],"means":[0],"deviations":[-1]}""", "metadata fpe.targets has deviation -1 at 0, but needs finite numbers that are at least 0; load it into the model that was saved.")]
    public void What_does_not_fit_is_refused(string key, string value, string problem)
    {
        Save(key, value);
        using PlannedModel model = Create();
        Assert.Equal($"{File}: {problem}", Assert.Throws<CheckpointMismatchException>(() => model.LoadWeights(File)).Message);
        Assert.Same(ModelMeaning.Unknown, model.Meaning);
    }

    [Theory]
    [InlineData("fpe.classes", "a, b")]
    [InlineData("fpe.classes", "null")]
    [InlineData("fpe.threshold", "half")]
    [InlineData("fpe.targets", """{"means":[0],"deviations":[1]}""")]
    public void What_cannot_be_read_is_damage(string key, string value)
    {
        Save(key, value);
        using PlannedModel model = Create();
        Assert.StartsWith($"{File}: metadata {key} is ", Assert.Throws<CheckpointFormatException>(() => model.LoadWeights(File)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resumed_run_means_what_the_stopped_one_meant()
    {
        ModelMeaning meaning = Full with { Task = null };
        using PlannedModel model = Create();
        model.Meaning = meaning;
        Fit(model, epochs: 1);
        using PlannedModel resumed = Create();
        resumed.Meaning = meaning with { ClassNames = null };
        Fit(resumed, epochs: 2);
        Assert.Equal(Full, resumed.Meaning);

        using PlannedModel whole = Create();
        whole.Meaning = meaning;
        new Trainer(Options(2)).Fit(whole, Samples);
        Assert.Equal(whole.Linears.Single().ReadWeights(), resumed.Linears.Single().ReadWeights());

        using PlannedModel bare = Create();
        string message = Assert.Throws<CheckpointMismatchException>(() => Fit(bare, epochs: 3)).Message;
        Assert.Matches("standardization is that of samples and targets, checksum [0-9a-f]{8} in the checkpoint, but none now;", message);
        Assert.Same(ModelMeaning.Unknown, bare.Meaning);
    }

    [Fact]
    public void A_run_resumed_from_a_checkpoint_without_a_task_has_one()
    {
        using PlannedModel model = Create();
        Fit(model, epochs: 1);
        RemoveTask(Assert.Single(folder.GetFiles("checkpoint-*")).FullName);
        using PlannedModel resumed = Create();
        Fit(resumed, epochs: 2);
        Assert.Equal(ModelTask.Regression, resumed.Meaning.Task);
    }

    private static PlannedModel Create() => LinearModels.Of(3, [1, 0, 2, 0, 1, 3]);

    private static TrainingOptions Options(int epochs) => new() { Epochs = epochs, BatchSize = 2, Loss = Loss.MeanSquaredError };

    private void Fit(PlannedModel model, int epochs) =>
        new Trainer(Options(epochs) with { Checkpoints = new CheckpointOptions(folder.FullName) { Resume = true } }).Fit(model, Samples);

    private static void RemoveTask(string file)
    {
        Dictionary<string, string> metadata;
        TensorOf<byte>[] tensors;
        using (SafetensorsReader reader = SafetensorsReader.Open(file))
        {
            metadata = reader.Metadata.Where(pair => pair.Key is not ("fpe.crc32c" or "fpe.task")).ToDictionary();
            tensors = [.. reader.Tensors.Values.Select(tensor => new TensorOf<byte>(tensor.Name, tensor.Type, tensor.Shape, reader.Read<byte>(tensor)))];
        }

        using FileStream stream = System.IO.File.Create(file);
        new SafetensorsWriter(file, metadata, tensors).Write(stream);
    }

    private void Save(string key, string value)
    {
        using PlannedModel model = Create();
        var writer = new ModelWriter(model, WeightForm.Sparse);
        using FileStream stream = System.IO.File.Create(File);
        new SafetensorsWriter(File, writer.Metadata().Append(new(key, value)), writer.Tensors()).Write(stream);
    }
}
