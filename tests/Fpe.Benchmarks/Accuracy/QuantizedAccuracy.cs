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
    private const int DigitsPixels = 64;
    private const int DigitsTrainCount = 1437;

    /// <summary>Trains every network with some seeds.</summary>
    public static IEnumerable<Table> Run(bool quick)
    {
        int seeds = quick ? 1 : 5, epochs = quick ? 2 : 30;
        var table = new Table(
            $"Test accuracy in %, α = {Factor}, {epochs} epochs, {seeds} seeds",
            new("data"), new("hidden"), new("share"), new("float"), new("float ±"), new("8 bits"), new("8 bits ±"),
            new("difference", "+0.00;−0.00;0.00"), new("95 % margin"));
        (Dataset digits, Dataset digitsTest) = CsvClasses.Read(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv.gz"), DigitsPixels, 10, scale: 1 / 16f)
            .Divide("train", DigitsTrainCount, "test", seed: 1);
        Add("digits", digits, digitsTest, [4, 16], batch: 32, rate: 3e-3);
        Add("FashionMNIST", FashionMnist.Train(), FashionMnist.Test(), [16, 64], batch: 256, rate: 1e-3);
        yield return table;

        void Add(string name, Dataset train, Dataset test, int[] widths, int batch, double rate)
        {
            var options = new TrainingOptions { Epochs = epochs, BatchSize = batch, ExpandAfter = 0, Optimizer = new Adam(rate) };
            foreach (int hidden in widths)
            {
                int share = hidden < 32 ? 1 : 16;
                (double Float, double Quantized)[] runs = [.. Enumerable.Range(0, seeds).Select(seed => Train(train, test, hidden, share, seed, options))];
                var single = SampleStatistics.Of([.. runs.Select(run => run.Float)]);
                var quantized = SampleStatistics.Of([.. runs.Select(run => run.Quantized)]);
                var difference = SampleStatistics.Of([.. runs.Select(run => run.Quantized - run.Float)]);
                table.Add(name, hidden, share, single.Mean, single.Deviation, quantized.Mean, quantized.Deviation, difference.Mean, difference.Margin95);
            }
        }
    }

    private static (double Float, double Quantized) Train(Dataset train, Dataset test, int hidden, int share, int seed, TrainingOptions options)
    {
        using PlannedModel model = OneHidden.Create(train.FeatureCount, hidden, train.OutputCount, new ExpansionPlan(Factor, Share: share), seed);
        new Trainer(options).Fit(model, train);
        float[] calibration = [.. Enumerable.Range(0, Math.Min(CalibrationSamples, train.Count)).SelectMany(s => train.Sample(s).ToArray())];
        using Predictor single = model.ToPredictor(), quantized = model.Quantize(calibration);
        return (AccuracyOf(single, test), AccuracyOf(quantized, test));
    }

    private static double AccuracyOf(Predictor predictor, Dataset test)
    {
        int correct = 0;
        for (int s = 0; s < test.Count; s++)
            correct += predictor.Predict(test.Sample(s)) == test.Label(s) ? 1 : 0;
        return 100.0 * correct / test.Count;
    }
}
