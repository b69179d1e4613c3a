using System.IO.Compression;
using Fpe.Training;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;
using Microsoft.ML.Transforms;

namespace Fpe.ML.Benchmarks;

/// <summary>The data that trainers are compared on, each with its trainers.</summary>
internal sealed class LearningTasks(MLContext context)
{
    /// <summary>
    /// The package r-cran-modeldata of Debian has 4,454 applicants for credit, who paid back or did not: nine numbers, some of which are
    /// missing, and four categories.
    /// </summary>
    public LearningTask Credit(string path)
    {
        IDataView rows = Load(path, ("Status", DataKind.String, [new(0)]), ("Numbers", DataKind.Single, [new(1), new(3, 4), new(8), new(12, 13)]),
            ("Money", DataKind.Single, [new(9, 11)]), ("Home", DataKind.String, [new(2)]), ("Marital", DataKind.String, [new(5)]), ("Records", DataKind.String, [new(6)]), ("Job", DataKind.String, [new(7)]));
        rows = context.Transforms.Conversion.MapValue("Label", [new("good", true), new KeyValuePair<string, bool>("bad", false)], "Status").Fit(rows).Transform(rows);
        IEstimator<ITransformer> prepare = context.Transforms.IndicateMissingValues("Missing", "Money")
            .Append(context.Transforms.Conversion.ConvertType("Missing", outputKind: DataKind.Single))
            .Append(context.Transforms.ReplaceMissingValues("Money", replacementMode: MissingValueReplacingEstimator.ReplacementMode.Mean))
            .Append(context.Transforms.Categorical.OneHotEncoding([new("Home"), new("Marital"), new("Records"), new("Job")]))
            .Append(context.Transforms.Concatenate("Features", "Numbers", "Money", "Missing", "Home", "Marital", "Records", "Job"));
        BinaryClassificationCatalog.BinaryClassificationTrainers trainers = context.BinaryClassification.Trainers;
        return new LearningTask("credit: 4,454 rows, missing values and categories", rows, prepare, scored => context.BinaryClassification.EvaluateNonCalibrated(scored).Accuracy,
            new("SdcaLogisticRegression", Linear(() => trainers.SdcaLogisticRegression())),
            new("LbfgsLogisticRegression", Linear(() => trainers.LbfgsLogisticRegression()), Linear(() => trainers.LbfgsLogisticRegression(l1Regularization: 0, l2Regularization: 0.1f))),
            new("FastForest", _ => trainers.FastForest(), _ => trainers.FastForest(numberOfLeaves: 60, numberOfTrees: 300, minimumExampleCountPerLeaf: 5)),
            new("FastTree", _ => trainers.FastTree(), _ => trainers.FastTree(numberOfLeaves: 8, numberOfTrees: 200, learningRate: 0.05), _ => trainers.FastTree(numberOfLeaves: 20, numberOfTrees: 100, learningRate: 0.05)),
            new("LightGbm", seed => Boosted(seed, 31, 100, 0.1), seed => Boosted(seed, 8, 200, 0.05), seed => Boosted(seed, 31, 100, 0.05)),
            new("Network<CreditNet>", seed => Network(seed, 15, 1e-3), seed => Network(seed, 30, 1e-3), seed => Network(seed, 15, 3e-3)));

        IEstimator<ITransformer> Boosted(int seed, int leaves, int trees, double rate) => trainers.LightGbm(
            new LightGbmBinaryTrainer.Options { NumberOfLeaves = leaves, NumberOfIterations = trees, LearningRate = rate, Seed = seed, LabelColumnName = "Label", FeatureColumnName = "Features" });
        IEstimator<ITransformer> Network(int seed, int epochs, double rate) => trainers.Network<CreditNet>(OfRun(seed, epochs, rate));
    }

    /// <summary>
    /// The package r-cran-ggplot2 of Debian has 53,940 diamonds: seven numbers and two categories, from which the quality of the cut,
    /// one of five, is predicted.
    /// </summary>
    public LearningTask Diamonds(string path)
    {
        IDataView rows = Load(path, ("Numbers", DataKind.Single, [new(0), new(4, 9)]), ("Cut", DataKind.String, [new(1)]), ("Color", DataKind.String, [new(2)]), ("Clarity", DataKind.String, [new(3)]));
        IEstimator<ITransformer> prepare = context.Transforms.Categorical.OneHotEncoding([new("Color"), new("Clarity")])
            .Append(context.Transforms.Concatenate("Features", "Numbers", "Color", "Clarity"));
        MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers = context.MulticlassClassification.Trainers;
        return new LearningTask("diamonds: 53,940 rows, categories", WithKeys(rows, "Cut"), prepare, AccuracyOfClasses,
            new("SdcaMaximumEntropy", Linear(() => trainers.SdcaMaximumEntropy())),
            new("LbfgsMaximumEntropy", Linear(() => trainers.LbfgsMaximumEntropy()), Linear(() => trainers.LbfgsMaximumEntropy(l1Regularization: 0, l2Regularization: 0.1f))),
            new("OneVersusAll(FastTree)", _ => trainers.OneVersusAll(context.BinaryClassification.Trainers.FastTree()), _ => trainers.OneVersusAll(context.BinaryClassification.Trainers.FastTree(numberOfLeaves: 31, numberOfTrees: 200))),
            new("LightGbm", seed => Boosted(seed, 31, 100, 0.1), seed => Boosted(seed, 31, 300, 0.05)),
            new("Network<DiamondsNet>", seed => Network(seed, 20, 3e-3), seed => Network(seed, 60, 3e-3)));

        IEstimator<ITransformer> Boosted(int seed, int leaves, int trees, double rate) => trainers.LightGbm(
            new LightGbmMulticlassTrainer.Options { NumberOfLeaves = leaves, NumberOfIterations = trees, LearningRate = rate, Seed = seed, LabelColumnName = "Label", FeatureColumnName = "Features" });
        IEstimator<ITransformer> Network(int seed, int epochs, double rate) => trainers.Network<DiamondsNet>(OfRun(seed, epochs, rate) with { Training = OfRun(seed, epochs, rate).Training with { BatchSize = 128 } });
    }

    /// <summary>The 1,797 digits of <c>samples/Digits</c>.</summary>
    public LearningTask Digits(string root)
    {
        IDataView rows = context.Data.LoadFromTextFile(Unpack(Path.Combine(root, "samples/Digits/Data/digits.csv.gz")), [new("Features", DataKind.Single, 0, 63), new("Digit", DataKind.Single, 64)], separatorChar: ',');
        MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers = context.MulticlassClassification.Trainers;
        return new LearningTask("digits: 1,797 rows", WithKeys(rows, "Digit"), context.Transforms.CopyColumns("Features", "Features"), AccuracyOfClasses,
            new("SdcaMaximumEntropy", _ => trainers.SdcaMaximumEntropy()),
            new("LbfgsMaximumEntropy", _ => trainers.LbfgsMaximumEntropy()),
            new("OneVersusAll(FastTree)", _ => trainers.OneVersusAll(context.BinaryClassification.Trainers.FastTree())),
            new("LightGbm", seed => trainers.LightGbm(new LightGbmMulticlassTrainer.Options { Seed = seed, LabelColumnName = "Label", FeatureColumnName = "Features" })),
            new("Network<DigitsNet>", seed => trainers.Network<DigitsNet>(OfRun(seed, 60, 3e-3))));
    }

    /// <summary>The descriptions of packages of <c>samples/Paper</c>, as hashed words.</summary>
    public LearningTask Sections(string root)
    {
        IDataView rows = context.Data.LoadFromTextFile(Unpack(Path.Combine(root, "samples/Paper/Data/sections.tsv.gz")), [new("Section", DataKind.String, 0), new("Text", DataKind.String, 1)], separatorChar: '\t');
        IEstimator<ITransformer> prepare = context.Transforms.Text.NormalizeText("Text")
            .Append(context.Transforms.Text.ProduceHashedWordBags("Counts", "Text", numberOfBits: 11, ngramLength: 1))
            .Append(context.Transforms.NormalizeLpNorm("Features", "Counts"));
        MulticlassClassificationCatalog.MulticlassClassificationTrainers trainers = context.MulticlassClassification.Trainers;
        return new LearningTask("sections: 22,000 texts, hashed words", WithKeys(rows, "Section"), prepare, AccuracyOfClasses,
            new("SdcaMaximumEntropy", _ => trainers.SdcaMaximumEntropy()),
            new("LbfgsMaximumEntropy", _ => trainers.LbfgsMaximumEntropy(), _ => trainers.LbfgsMaximumEntropy(l1Regularization: 0, l2Regularization: 0.1f)),
            new("Network<SectionsNet>", seed => trainers.Network<SectionsNet>(new NetworkOptions
            {
                Seed = seed,
                Standardize = false,
                Training = new TrainingOptions { Epochs = 15, BatchSize = 128, Optimizer = new Adam(3e-3) },
            })));
    }

    private static NetworkOptions OfRun(int seed, int epochs, double rate) => new()
    {
        Seed = seed,
        Training = new TrainingOptions { Epochs = epochs, Optimizer = new Adam(rate), Schedule = new CosineSchedule() },
    };

    // Linear models learn little from columns of different units; trees do not mind.
    private Func<int, IEstimator<ITransformer>> Linear(Func<IEstimator<ITransformer>> trainer) => _ => context.Transforms.NormalizeMeanVariance("Features").Append(trainer());

    private IDataView Load(string path, params IEnumerable<(string Name, DataKind Kind, TextLoader.Range[] Source)> columns) => context.Data.LoadFromTextFile(path, new TextLoader.Options
    {
        HasHeader = true,
        Separators = [','],
        AllowQuoting = true,
        MissingRealsAsNaNs = true,
        Columns = [.. columns.Select(column => column.Source is [{ Min: var place, Max: var last }] && place == last
            ? new TextLoader.Column(column.Name, column.Kind, place)
            : new TextLoader.Column(column.Name, column.Kind, column.Source))],
    });

    private IDataView WithKeys(IDataView rows, string column) =>
        context.Transforms.Conversion.MapValueToKey("Label", column, keyOrdinality: ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(rows).Transform(rows);

    private double AccuracyOfClasses(IDataView scored) => context.MulticlassClassification.Evaluate(scored).MicroAccuracy;

    private static string Unpack(string path)
    {
        string unpacked = Path.GetTempFileName();
        using var source = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using FileStream target = File.Create(unpacked);
        source.CopyTo(target);
        return unpacked;
    }
}
