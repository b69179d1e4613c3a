using Fpe.Checkpoints;
using Fpe.Data;
using Fpe.Training;
using LoadPipeline;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Fpe.ML.Tests;

/// <summary>What a network means is part of its model, and nowhere else.</summary>
public sealed class MeaningTests : IDisposable
{
    private readonly MLContext context = new(seed: 1);
    private readonly string folder = Directory.CreateTempSubdirectory("fpe-ml-").FullName;

    private static NetworkOptions Options => new() { Training = new TrainingOptions { Epochs = 1, BatchSize = 16, Optimizer = new Adam(3e-3) } };

    private string Path => System.IO.Path.Combine(folder, "model.zip");

    [Fact]
    public void A_classifier_has_the_names_of_its_classes_and_the_standardisation_of_its_samples()
    {
        IDataView keyed = Keyed();
        using NetworkTransformer transformer = context.MulticlassClassification.Trainers.Network<DigitsNet>(Options).Fit(keyed);
        ModelMeaning meaning = transformer.Model.Meaning;

        Assert.Equal(ModelTask.Classification, meaning.Task);
        Assert.Equal(Digits.Train.Select(row => row.Label).Distinct(), meaning.ClassNames);
        Assert.Equal(64, meaning.Features!.FeatureCount);
        Assert.Equal(Digits.Train[..400].Average(row => row.Features[20]), meaning.Features.Means[20], 1e-4);
        Assert.Null(meaning.Targets);

        uint[] keys = [.. transformer.Transform(keyed).GetColumn<uint>("PredictedLabel").Take(20)];
        Assert.Equal(keys.Select(key => meaning.ClassNames![(int)key - 1]), Digits.Train.Take(20).Select(row => transformer.Model.PredictName(row.Features)));
    }

    [Fact]
    public void A_file_with_the_model_alone_has_it_and_so_has_the_pipeline()
    {
        IDataView keyed = Keyed();
        using NetworkTransformer transformer = context.MulticlassClassification.Trainers.Network<DigitsNet>(Options).Fit(keyed);
        context.Model.Save(transformer, keyed.Schema, Path);
        using var loaded = (NetworkTransformer)Single(context.Model.Load(Path, out _));
        Assert.Equal(transformer.Model.Meaning, loaded.Model.Meaning);
        Assert.Equal(transformer.Transform(keyed).GetColumn<float[]>("Score").First(), loaded.Transform(keyed).GetColumn<float[]>("Score").First());
    }

    [Fact]
    public void A_regression_has_the_standardisation_of_its_label_and_none_has_one_that_was_not_asked_for()
    {
        IDataView rows = Rows(row => (3 * row) + 1);
        using NetworkTransformer transformer = context.Regression.Trainers.Network<TableNet>(Options).Fit(rows);
        ModelMeaning meaning = transformer.Model.Meaning;
        Assert.Equal((ModelTask.Regression, 3 * 15.5 + 1), (meaning.Task!.Value, Math.Round(meaning.Targets!.Means[0], 4)));
        Assert.Equal(transformer.Transform(rows).GetColumn<float>("Score"), transformer.Model.PredictValues([.. rows.GetColumn<float[]>("Features").SelectMany(values => values)]), (one, other) => Math.Abs(one - other) < 1e-3);

        using NetworkTransformer plain = context.Regression.Trainers.Network<TableNet>(Options with { Standardize = false }).Fit(rows);
        Assert.Equal((null, null), (plain.Model.Meaning.Features, plain.Model.Meaning.Targets));
    }

    [Fact]
    public void A_label_that_is_always_the_same_is_an_error()
    {
        var error = Assert.Throws<DatasetException>(() => context.Regression.Trainers.Network<TableNet>(Options).Fit(Rows(_ => 5)));
        Assert.Equal("The training data of TableNet: target 0 is 5 for all 32 samples, so there is nothing to learn; remove it, or add samples with other values.", error.Message);
    }

    [Fact]
    public void Names_that_a_model_file_does_not_take_are_left_to_ML_NET()
    {
        IDataView view = context.Data.LoadFromEnumerable(Enumerable.Range(0, 32).Select(row => new NamedRow { Features = [row, 1, 2, 3, 4, 5], Label = row % 2 == 0 ? " " : "odd" }));
        IDataView keyed = context.Transforms.Conversion.MapValueToKey("Label").Fit(view).Transform(view);
        using NetworkTransformer transformer = context.MulticlassClassification.Trainers.Network<PairNet>(Options).Fit(keyed);
        Assert.Null(transformer.Model.Meaning.ClassNames);
        VBuffer<ReadOnlyMemory<char>> names = default;
        transformer.Transform(keyed).Schema["Score"].GetSlotNames(ref names);
        Assert.Equal([" ", "odd"], names.DenseValues().Select(name => name.ToString()));
    }

    [Fact]
    public void A_class_that_is_declared_otherwise_now_is_named_and_not_called_damage()
    {
        IDataView keyed = Keyed();
        context.Model.Save(context.MulticlassClassification.Trainers.Network<DigitsNet>(Options).Fit(keyed), keyed.Schema, Path);
        var later = new MLContext();
        NetworkLoader.Add(later.ComponentCatalog, typeof(DigitsNet).FullName!, NetworkTrainer<Narrow.DigitsNet>.Loader(device: null));

        ModelFileException error = Refused(later);
        Assert.Equal(
            "The network in the file of ML.NET is of the class LoadPipeline.DigitsNet as it was when it was saved, and DigitsNet is declared otherwise now "
            + "(LoadPipeline.DigitsNet in the file of ML.NET: DigitsNet.inputs is 64 in the file, but 60 in the model; load it into the model that was saved.); declare it as it was, or train it again.",
            error.Message);
        Assert.IsType<CheckpointMismatchException>(error.InnerException);
    }

    [Theory]
    [InlineData(1, "train it again")]
    [InlineData(3, "update the package")]
    public void Another_version_is_named_and_not_called_damage(byte version, string remedy)
    {
        IDataView keyed = Keyed();
        context.Model.Save(context.MulticlassClassification.Trainers.Network<DigitsNet>(Options).Fit(keyed), keyed.Schema, Path);
        byte[] content = NetworkPart.Read(Path);
        content[0] = version;
        NetworkPart.Replace(Path, content);
        Assert.Equal($"The network has format version {version}, but this version of Fpe.ML reads version 2; {remedy}.", Refused(context).Message);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private IDataView Keyed()
    {
        IDataView rows = Digits.View(context, Digits.Train[..400]);
        return context.Transforms.Conversion.MapValueToKey("Label").Fit(Digits.View(context, Digits.Train)).Transform(rows);
    }

    private IDataView Rows(Func<int, float> label) =>
        context.Data.LoadFromEnumerable(Enumerable.Range(0, 32).Select(row => new NumberRow { Features = [row, row % 2, row % 3, row % 5, row % 7, 1], Label = label(row) }));

    private ModelFileException Refused(MLContext loader)
    {
        Exception? error = Assert.ThrowsAny<Exception>(() => loader.Model.Load(Path, out _));
        while (error is not (null or ModelFileException))
            error = error.InnerException;
        return Assert.IsType<ModelFileException>(error);
    }

    // ML.NET wraps a single transformer into a chain.
    private static ITransformer Single(ITransformer loaded) => loaded is TransformerChain<ITransformer> chain ? chain.Single() : loaded;

    private sealed class NumberRow
    {
        [VectorType(6)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }

    private sealed class NamedRow
    {
        [VectorType(6)]
        public float[] Features { get; set; } = [];

        public string Label { get; set; } = "";
    }
}
