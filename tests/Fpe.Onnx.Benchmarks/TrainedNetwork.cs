using Fpe.Data;
using Fpe.Numerics;
using Fpe.Quantization;
using Fpe.Training;
using static System.FormattableString;

namespace Fpe.Onnx.Benchmarks;

/// <summary>A network that was trained with some seeds.</summary>
/// <param name="Kind">How it is expanded.</param>
/// <param name="Model">The network of the first seed.</param>
/// <param name="Calibration">The samples that tell the ranges of values in 8 bits.</param>
/// <param name="Accuracies">Test accuracy in percent, over all seeds.</param>
internal sealed record TrainedNetwork(DeployedKind Kind, PlannedModel Model, float[] Calibration, IReadOnlyDictionary<NumberFormat, SampleStatistics> Accuracies) : IDisposable
{
    private const int CalibrationSamples = 1000;
    private static readonly NumberFormat[] Formats = Enum.GetValues<NumberFormat>();

    /// <summary>Trains a network of each kind with each seed, as many at once as there are cores; how many that are changes no bit.</summary>
    /// <param name="task">The network.</param>
    /// <param name="train">Samples to train with.</param>
    /// <param name="test">Samples to test with.</param>
    /// <param name="seeds">The number of seeds, from 1 on.</param>
    /// <param name="quick">Whether one epoch does.</param>
    /// <param name="progress">Is told of each run that has ended.</param>
    public static IReadOnlyList<TrainedNetwork> All(DeployedTask task, Dataset train, Dataset test, int seeds, bool quick, TextWriter progress)
    {
        IReadOnlyList<DeployedKind> kinds = DeployedKind.All(task.Share);
        float[] calibration = [.. Enumerable.Range(0, CalibrationSamples).SelectMany(s => train.Sample(s).ToArray())];
        var models = new PlannedModel[kinds.Count * seeds];
        var accuracies = new Dictionary<NumberFormat, double>[models.Length];
        Parallel.For(0, models.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, run =>
        {
            DeployedKind kind = kinds[run / seeds];
            long seed = 1 + (run % seeds);
            models[run] = kind.Create(train.FeatureCount, task.Hidden, train.OutputCount, seed);
            new Trainer(kind.With(task.Options(quick))).Fit(models[run], train);
            accuracies[run] = Formats.ToDictionary(format => format, format => Accuracy(models[run], calibration, format, test));
            progress.WriteLine(Invariant($"{task.Name}, {task.Hidden} neurons, {kind.Name}, seed {seed}: {string.Join(", ", Formats.Select(format => Invariant($"{format} {accuracies[run][format]:0.00}")))}"));
        });

        for (int run = 0; run < models.Length; run++)
        {
            if (run % seeds > 0)
                models[run].Dispose();
        }

        return
        [
            .. kinds.Select((kind, k) => new TrainedNetwork(
                kind, models[k * seeds], calibration,
                Formats.ToDictionary(format => format, format => SampleStatistics.Of([.. accuracies.Skip(k * seeds).Take(seeds).Select(own => own[format])])))),
        ];
    }

    /// <summary>The network with each kind of numbers, in everything that computes it.</summary>
    /// <param name="test">Samples that all of it is compared on.</param>
    public IEnumerable<DeployedNetwork> Deploy(Dataset test) =>
        Formats.Select(format => new DeployedNetwork(Kind.Name, format, Accuracies[format], () => ToPredictor(Model, Calibration, format), test));

    /// <inheritdoc/>
    public void Dispose() => Model.Dispose();

    private static Predictor ToPredictor(PlannedModel model, float[] calibration, NumberFormat format) => format switch
    {
        NumberFormat.Float => model.ToPredictor(),
        NumberFormat.Int8 => model.Quantize(calibration),
        _ => throw new ArgumentOutOfRangeException(nameof(format), format, "It is no format of numbers."),
    };

    private static double Accuracy(PlannedModel model, float[] calibration, NumberFormat format, Dataset test)
    {
        using Predictor predictor = ToPredictor(model, calibration, format);
        int correct = 0;
        for (int s = 0; s < test.Count; s++)
            correct += predictor.Predict(test.Sample(s)) == test.Label(s) ? 1 : 0;
        return 100.0 * correct / test.Count;
    }
}
