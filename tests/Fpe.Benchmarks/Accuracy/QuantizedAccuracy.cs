using Fpe.Benchmarks.Reports;
using Fpe.Benchmarks.Workloads;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Numerics;
using Fpe.Quantization;
using Fpe.Training;

namespace Fpe.Benchmarks.Accuracy;

/// <summary>What 8 bits cost in test accuracy: the same trained networks in single precision and quantised, so that differences are paired.</summary>
internal static class QuantizedAccuracy
{
    private const int Factor = 4;
    private const int CalibrationSamples = 1000;
    private const int DigitsTrainCount = 1437;

    /// <summary>Trains every network with some seeds.</summary>
    public static IEnumerable<Table> Run(bool quick)
    {
        int seeds = quick ? 1 : 5, epochs = quick ? 2 : 30;
        Table images = TableOf("images", seeds, epochs);
        (Dataset digits, Dataset digitsTest) = CsvClasses
            .Read(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv.gz"), ConvolutionNetwork.Image.Count, 10, scale: 1 / 16f)
            .Divide("train", DigitsTrainCount, "test", seed: 1);
        var digitsData = new Data("digits", digits, digitsTest, BatchSize: 32, Rate: 3e-3);
        Add(images, digitsData, hidden: 4);
        Add(images, digitsData, hidden: 16);
        AddNetwork(images, digitsData, "convolutions", 4, ConvolutionNetwork.Create);
        var fashion = new Data("FashionMNIST", FashionMnist.Train(), FashionMnist.Test(), BatchSize: 256, Rate: 1e-3);
        Add(images, fashion, hidden: 16);
        Add(images, fashion, hidden: 64);
        yield return images;

        Table texts = TableOf("embeddings of texts", seeds, epochs);
        (Dataset sections, Dataset sectionsTest) = SectionEmbeddings.Read();
        Add(texts, new Data("sections", sections, sectionsTest, BatchSize: 256, Rate: 1e-3), hidden: 16);
        yield return texts;

        void Add(Table table, Data data, int hidden)
        {
            int share = hidden < 32 ? 1 : 16;
            AddNetwork(table, data, $"{hidden}", share, seed => OneHidden.Create(data.Train.FeatureCount, hidden, data.Train.OutputCount, new ExpansionPlan(Factor, Share: share), seed));
        }

        void AddNetwork(Table table, Data data, string hidden, int share, Func<int, PlannedModel> create)
        {
            var options = new TrainingOptions { Epochs = epochs, BatchSize = data.BatchSize, ExpandAfter = 0, Optimizer = new Adam(data.Rate) };
            (double Float, double Quantized)[] runs = [.. Enumerable.Range(0, seeds).Select(seed => Train(data, create(seed), options with { Seed = seed }))];
            var single = SampleStatistics.Of([.. runs.Select(run => run.Float)]);
            var quantized = SampleStatistics.Of([.. runs.Select(run => run.Quantized)]);
            var difference = SampleStatistics.Of([.. runs.Select(run => run.Quantized - run.Float)]);
            table.Add(data.Name, hidden, share, single.Mean, single.Deviation, quantized.Mean, quantized.Deviation, difference.Mean, difference.Margin95);
        }
    }

    private static Table TableOf(string what, int seeds, int epochs) => new(
        $"Test accuracy in %, {what}, α = {Factor}, {epochs} epochs, {seeds} seeds",
        new("data"), new("hidden"), new("share"), new("float"), new("float ±"), new("8 bits"), new("8 bits ±"),
        new("difference", "+0.00;−0.00;0.00"), new("95 % margin"));

    private static (double Float, double Quantized) Train(Data data, PlannedModel model, TrainingOptions options)
    {
        using PlannedModel trained = model;
        new Trainer(options).Fit(trained, data.Train);
        float[] calibration = [.. Enumerable.Range(0, Math.Min(CalibrationSamples, data.Train.Count)).SelectMany(s => data.Train.Sample(s).ToArray())];
        using Predictor single = trained.ToPredictor(), quantized = trained.Quantize(calibration);
        return (AccuracyOf(single, data.Test), AccuracyOf(quantized, data.Test));
    }

    private static double AccuracyOf(Predictor predictor, Dataset test)
    {
        int correct = 0;
        for (int s = 0; s < test.Count; s++)
            correct += predictor.Predict(test.Sample(s)) == test.Label(s) ? 1 : 0;
        return 100.0 * correct / test.Count;
    }

    /// <summary>Data to train and test with.</summary>
    private sealed record Data(string Name, Dataset Train, Dataset Test, int BatchSize, double Rate);
}
