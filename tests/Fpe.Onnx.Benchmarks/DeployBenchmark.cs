using Fpe.Benchmarks.Reports;
using Fpe.Benchmarks.Timing;
using Fpe.Data;
using Fpe.Embedded.Tests.Support;
using static System.FormattableString;

namespace Fpe.Onnx.Benchmarks;

/// <summary>
/// What a trained network takes where it is deployed: bytes, memory and time, in the library's own predictor, in ONNX Runtime and as C, dense and
/// expanded, in single precision and in 8 bits.
/// </summary>
internal static class DeployBenchmark
{
    private const int Many = 256;
    private const string Bytes = "#,0";
    private const string Microseconds = "#,0.0";
    private static readonly string[] Programs = ["predictor", "ONNX Runtime", "C"];
    private static readonly Column[] Network = [new("network"), new("numbers")];

    /// <summary>Trains and measures network by network.</summary>
    /// <param name="quick">Whether one epoch and few rounds do, for a first look.</param>
    /// <param name="sections">The folder with the sections data; null to leave them out.</param>
    /// <param name="seeds">The number of networks that accuracy is the mean of; all else is that of the first.</param>
    /// <param name="progress">Is told what is missing, and of each training run.</param>
    public static IEnumerable<Table> Run(bool quick, string? sections, int seeds, TextWriter progress)
    {
        Report("Nothing is computed as C", Tool.WhyNoCompiler);
        Report("There are no instructions of a Cortex-M", Tool.WhyNoEmulator);
        Report("There is no memory in use", HeldMemory.Obstacle);
        foreach (DeployedTask task in DeployedTask.All(sections))
        {
            (Dataset train, Dataset test) = task.Read();
            IReadOnlyList<TrainedNetwork> trained = TrainedNetwork.All(task, train, test, seeds, quick, progress);
            DeployedNetwork[] networks = [.. trained.SelectMany(network => network.Deploy(test))];
            string shape = Invariant($"{task.Name}, {train.FeatureCount} → {task.Hidden} → {train.OutputCount}, α = 4");
            yield return Sizes(shape, seeds, networks);
            float[] samples = DeployedNetwork.SamplesOf(test, 0, Many);
            RoundTimes?[][] one = Time(networks, samples, together: 1, quick);
            RoundTimes?[][] many = Time(networks, samples, together: Many, quick);
            yield return Times(shape, networks, one, many);
            yield return Ratios(shape, networks, one, many);
            foreach (IDisposable used in networks.Concat<IDisposable>(trained))
                used.Dispose();
        }

        void Report(string consequence, string? obstacle)
        {
            if (obstacle is not null)
                progress.WriteLine($"{consequence}: {obstacle}");
        }
    }

    private static Table Sizes(string shape, int seeds, DeployedNetwork[] networks)
    {
        var table = new Table(
            $"{shape}: accuracy in %, mean{(seeds > 1 ? " and deviation" : "")} of {seeds} {(seeds > 1 ? "seeds" : "seed")}; bytes of files, and of memory in use; test samples in % with the predictor's class",
            [
                .. Network, new("accuracy", "0.0"), new("±", "0.0"), new("model file", Bytes), new("ONNX file", Bytes), new("C tables", Bytes),
                new("predictor memory", Bytes), new("ONNX Runtime memory", Bytes), new("C scratch", Bytes), new("ONNX Runtime same"), new("C same"),
            ]);
        foreach (DeployedNetwork network in networks)
        {
            table.Add(
                network.Kind, $"{network.Numbers}", network.Accuracy.Mean, seeds > 1 ? network.Accuracy.Deviation : null, network.FileBytes, network.OnnxBytes, network.TableBytes,
                network.PredictorBytes, network.RuntimeBytes, network.ScratchBytes, network.SameInOnnx, network.SameInC);
        }

        return table;
    }

    /// <summary>Times all networks in all programs in turn, always with <see cref="Many"/> samples: a processor learns to predict a single one.</summary>
    /// <returns>The times of a network in each program; null for one that is missing.</returns>
    private static RoundTimes?[][] Time(DeployedNetwork[] networks, float[] samples, int together, bool quick)
    {
        IContestant?[][] work = [.. networks.Select(network => network.Work(samples, together))];
        RoundTimes[] measured = Comparison.Of(quick).Time([.. work.SelectMany(programs => programs).OfType<IContestant>()]);
        int next = 0;
        return [.. work.Select(programs => programs.Select(program => program is null ? null : measured[next++]).ToArray())];
    }

    private static Table Times(string shape, DeployedNetwork[] networks, RoundTimes?[][] one, RoundTimes?[][] many)
    {
        var table = new Table(
            $"{shape}: µs of 1 sample and of {Many}, one thread; instructions of one prediction on a Cortex-M3",
            [.. Network, .. ForPrograms(1, Microseconds), .. ForPrograms(Many, Microseconds), new("Cortex-M3", Bytes)]);
        for (int n = 0; n < networks.Length; n++)
            table.Add([networks[n].Kind, $"{networks[n].Numbers}", .. one[n].Select(time => (object?)(time?.Median * 1e6 / Many)), .. many[n].Select(time => (object?)(time?.Median * 1e6)), networks[n].Instructions]);
        return table;
    }

    private static Table Ratios(string shape, DeployedNetwork[] networks, RoundTimes?[][] one, RoundTimes?[][] many)
    {
        var table = new Table(
            $"{shape}: times over those of the dense parent in single precision in the predictor",
            [.. Network, .. ForPrograms(1), .. ForPrograms(Many)]);
        for (int n = 0; n < networks.Length; n++)
        {
            IEnumerable<object?> cells = new[] { one, many }.SelectMany(times => times[n].Select(time => (object?)time?.Over(times[0][0]!)));
            table.Add([networks[n].Kind, $"{networks[n].Numbers}", .. cells]);
        }

        return table;
    }

    private static IEnumerable<Column> ForPrograms(int samples, string format = "0.00") => Programs.Select(program => new Column($"{samples}: {program}", format));
}
