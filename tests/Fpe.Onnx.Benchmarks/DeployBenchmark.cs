using Fpe.Benchmarks.Reports;
using Fpe.Benchmarks.Timing;
using Fpe.Data;
using Fpe.Quantization;
using Fpe.Training;

namespace Fpe.Onnx.Benchmarks;

/// <summary>
/// What a trained network takes where it is deployed: bytes, memory and time, in the library's own predictor, in ONNX Runtime and as C, dense and
/// expanded, in single precision and in 8 bits.
/// </summary>
internal static class DeployBenchmark
{
    private const int CalibrationSamples = 1000;
    private const int Many = 256;

    /// <summary>Trains and measures network by network.</summary>
    /// <param name="quick">Whether one epoch and few rounds do, for a first look.</param>
    /// <param name="sections">The folder with the sections data; null to leave them out.</param>
    public static IEnumerable<Table> Run(bool quick, string? sections)
    {
        foreach (DeployedTask task in DeployedTask.All(sections))
        {
            (Dataset train, Dataset test) = task.Read();
            DeployedNetwork[] networks = [.. DeployedKind.All(task.Share).SelectMany(kind => Train(task, kind, train, test, quick))];
            string shape = FormattableString.Invariant($"{train.FeatureCount} → {task.Hidden} → {train.OutputCount}, α = 4, {task.Name}");
            yield return Sizes(shape, networks);
            foreach (int batch in new[] { 1, Many })
                yield return Times(shape, networks, [.. Enumerable.Range(0, batch).SelectMany(s => test.Sample(s).ToArray())], batch, quick);
            foreach (DeployedNetwork network in networks)
                network.Dispose();
        }
    }

    private static IEnumerable<DeployedNetwork> Train(DeployedTask task, DeployedKind kind, Dataset train, Dataset test, bool quick)
    {
        using PlannedModel model = kind.Create(train.FeatureCount, task.Hidden, train.OutputCount, seed: 1);
        new Trainer(kind.With(task.Options(quick))).Fit(model, train);
        float[] calibration = [.. Enumerable.Range(0, CalibrationSamples).SelectMany(s => train.Sample(s).ToArray())];
        yield return new DeployedNetwork(kind.Name, NumberFormat.Float, model.ToPredictor(), test, file => model.ExportOnnx(file));
        yield return new DeployedNetwork(kind.Name, NumberFormat.Int8, model.Quantize(calibration), test, exportOnnx: null);
    }

    private static Table Sizes(string shape, IEnumerable<DeployedNetwork> networks)
    {
        var table = new Table(
            $"{shape}: test accuracy in %, and bytes",
            new("network"), new("numbers"), new("accuracy", "0.0"), new("model file"), new("ONNX file"), new("tables in C"), new("scratch memory in C"));
        foreach (DeployedNetwork network in networks)
            table.Add(network.Kind, network.Numbers.ToString(), network.Accuracy, network.FileBytes, network.OnnxBytes, network.TableBytes, network.ScratchBytes);
        return table;
    }

    private static Table Times(string shape, DeployedNetwork[] networks, float[] samples, int batch, bool quick)
    {
        var table = new Table(
            FormattableString.Invariant($"{shape}: µs of a batch of {batch}, one thread, and over the dense parent in single precision with the same program"),
            new("network"), new("numbers"), new("predictor", "0.0"), new("over it"), new("ONNX Runtime", "0.0"), new("over it"), new("C", "0.0"), new("over it"));
        IContestant?[][] work = [.. networks.Select(network => network.Work(samples))];
        RoundTimes[] measured = Comparison.Of(quick).Time([.. work.SelectMany(programs => programs).OfType<IContestant>()]);
        int next = 0;
        RoundTimes?[][] times = [.. work.Select(programs => programs.Select(program => program is null ? null : measured[next++]).ToArray())];
        for (int n = 0; n < networks.Length; n++)
        {
            IEnumerable<object?> cells = times[n].Zip(times[0], (own, dense) => new object?[] { own?.Median * 1e6, own is null || dense is null ? null : own.Over(dense) }).SelectMany(cell => cell);
            table.Add([networks[n].Kind, networks[n].Numbers.ToString(), .. cells]);
        }

        return table;
    }
}
