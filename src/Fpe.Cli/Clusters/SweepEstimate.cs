using System.Globalization;
using Fpe.Cli.Results;
using Fpe.Cli.Sweeps;

namespace Fpe.Cli.Clusters;

/// <summary>The time and memory that the workers of a sweep need: from finished runs if there are any, otherwise guesses.</summary>
internal sealed record SweepEstimate
{
    // What one thread does at least in small networks on a processor of the last ten years, in multiply-adds.
    private const double GuessedCostPerSecond = 1e9;
    private const long GuessedBaseMemory = 1L << 30;

    // Value, gradient, two moments and their copies in double precision, with room for indices.
    private const long BytesPerWeight = 64;

    private const double Margin = 1.5;
    private const double StartSeconds = 60;
    private const double SecondsPerWorker = 3600;

    // The highest number of a task in Slurm unless its MaxArraySize is set, which is one more by default.
    private const int MaximumAutomaticShards = 1000;

    private const int MinutesStep = 5;
    private const long MemoryStep = 256L << 20;

    /// <summary>The number of workers.</summary>
    public required int Shards { get; init; }

    /// <summary>The number of concurrent runs of each worker.</summary>
    public required int Threads { get; init; }

    /// <summary>The number of runs.</summary>
    public required int Runs { get; init; }

    /// <summary>The number of finished runs from which time is estimated; 0 if it is guessed.</summary>
    public required int MeasuredRuns { get; init; }

    /// <summary>The expected time of the longest shard, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>The largest memory of a finished worker, in bytes; 0 if memory is guessed.</summary>
    public required long MeasuredMemory { get; init; }

    /// <summary>The memory limit of a worker, in MiB.</summary>
    public required long MemoryLimit { get; init; }

    /// <summary>The time limit of a worker, in minutes.</summary>
    public int Minutes => (int)Math.Min(int.MaxValue / 2, Math.Ceiling(((Seconds * Margin) + StartSeconds) / 60 / MinutesStep) * MinutesStep);

    /// <summary>What time and memory are based on, one sentence each.</summary>
    public IReadOnlyList<string> Reasons =>
    [
        MeasuredRuns > 0
            ? $"The longest part takes about {Duration(Seconds)}, from the times of {MeasuredRuns} of {Runs} runs in --results; the limit is half as much again, and a minute."
            : $"Time is a guess ({Duration(Seconds)} for the longest part), because --results has no run of this sweep yet: run one part first, and print again.",
        MeasuredMemory > 0
            ? $"Memory is half as much again as a worker needed ({MeasuredMemory >> 20} MiB)."
            : "Memory is a guess, because no worker has finished in the --results folder yet.",
    ];

    /// <summary>Estimates what workers need.</summary>
    /// <param name="sweep">The runs.</param>
    /// <param name="request">The number of workers, if it is given.</param>
    /// <param name="threads">The number of concurrent runs of each worker.</param>
    /// <param name="seconds">Returns the training time of a finished run, in seconds; null if it has not finished.</param>
    /// <param name="largestNetwork">The number of weights of the largest network.</param>
    /// <param name="records">The records of workers.</param>
    public static SweepEstimate Of(
        SweepPlan sweep, PrintRequest request, int threads, Func<string, double?> seconds, double largestNetwork, IEnumerable<WorkerRecord> records)
    {
        (WorkItem Item, double Seconds)[] measured =
            [.. sweep.Items.Select(item => (item, seconds(item.Key))).Where(run => run.Item2 > 0).Select(run => (run.item, run.Item2!.Value))];
        double secondsPerCost = measured.Length > 0 ? measured.Sum(run => run.Seconds) / measured.Sum(run => run.Item.Cost) : 1 / GuessedCostPerSecond;
        double all = ShardDivision.Of(sweep.Items, 1).Costs[0] * secondsPerCost / threads;
        int shards = request.Shards ?? (int)Math.Clamp(Math.Ceiling(all / SecondsPerWorker), 1, Math.Clamp(sweep.Items.Count, 1, MaximumAutomaticShards));
        double longestRun = sweep.Items.Select(item => item.Cost).DefaultIfEmpty(0).Max();
        double longest = Math.Max(longestRun, ShardDivision.Of(sweep.Items, shards).Costs.Max() / threads);
        long memory = records.Select(record => record.PeakMemory).DefaultIfEmpty(0).Max();
        double needed = memory > 0 ? memory * Margin : GuessedBaseMemory + (threads * largestNetwork * BytesPerWeight);
        return new SweepEstimate
        {
            Shards = shards,
            Threads = threads,
            Runs = sweep.Items.Count,
            MeasuredRuns = measured.Length,
            Seconds = longest * secondsPerCost,
            MeasuredMemory = memory,
            MemoryLimit = (long)Math.Ceiling(needed / MemoryStep) * (MemoryStep >> 20),
        };
    }

    private static string Duration(double seconds) => seconds switch
    {
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
        < 7200 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.0} h"),
    };
}
