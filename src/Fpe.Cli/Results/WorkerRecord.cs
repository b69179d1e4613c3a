using Fpe.Cli.Sweeps;

namespace Fpe.Cli.Results;

/// <summary>What a worker says of itself in a folder of results, in a file beside its results.</summary>
internal sealed record WorkerRecord
{
    /// <summary>The name of the program.</summary>
    public required string Program { get; init; }

    /// <summary>The checksum of the runs of the whole sweep.</summary>
    public required string Sweep { get; init; }

    /// <summary>The number of runs of the whole sweep.</summary>
    public required int Runs { get; init; }

    /// <summary>The number of runs of the worker's part.</summary>
    public required int PartRuns { get; init; }

    /// <summary>The number of the worker's part, from 1.</summary>
    public required int Shard { get; init; }

    /// <summary>The number of parts.</summary>
    public required int Shards { get; init; }

    /// <summary>Whether all runs of the part have a result.</summary>
    public bool IsComplete { get; init; }

    /// <summary>
    /// The number of results in the worker's file when all runs of the part had one; the others were in files of other workers. 0 before.
    /// </summary>
    public int OwnResults { get; init; }

    /// <summary>The largest memory that the worker used, in bytes; 0 while it is not known.</summary>
    public long PeakMemory { get; init; }

    /// <summary>Whether this is a part of a division, and not a worker with all runs.</summary>
    public bool IsPart => Shards > 1;

    /// <summary>Returns the record of a worker that starts.</summary>
    public static WorkerRecord Of(SweepPlan sweep, Shard shard) => new()
    {
        Program = sweep.Program,
        Sweep = sweep.Identity,
        Runs = sweep.Items.Count,
        PartRuns = sweep.CountOf(shard),
        Shard = shard.Index,
        Shards = shard.Count,
    };

    /// <summary>Whether another record is of the same part of the same sweep.</summary>
    public bool IsSamePart(WorkerRecord other) =>
        (Program, Sweep, Shard, Shards) == (other.Program, other.Sweep, other.Shard, other.Shards);
}
