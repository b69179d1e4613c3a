using System.Text.Json;
using System.Text.Json.Serialization;
using Fpe.Cli.Sweeps;

namespace Fpe.Cli.Results;

/// <summary>The JSON form of worker records, which is known at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(WorkerRecord))]
internal sealed partial class WorkerRecordJson : JsonSerializerContext
{
    /// <summary>Writes a record as one line.</summary>
    public static void Write(Stream stream, WorkerRecord record)
    {
        JsonSerializer.Serialize(stream, record, Default.WorkerRecord);
        stream.WriteByte((byte)'\n');
    }

    /// <summary>Reads a record.</summary>
    /// <param name="stream">The record.</param>
    /// <param name="shard">The part that the name of the file says.</param>
    /// <exception cref="JsonException">The file is not a record of that part.</exception>
    public static WorkerRecord Read(Stream stream, Shard shard)
    {
        WorkerRecord record = JsonSerializer.Deserialize(stream, Default.WorkerRecord) ?? throw new JsonException("it is null.");
        Require(record.Shard == shard.Index && record.Shards == shard.Count, $"it is of part {record.Shard}/{record.Shards}, but its name is that of {shard}.");
        Require(record.Runs is >= 0 and <= SweepPlan.MaximumRuns, $"runs is {record.Runs}; from 0 to {SweepPlan.MaximumRuns:#,0} are possible.");
        Require(record.PartRuns >= 0 && record.PartRuns <= record.Runs, $"partRuns is {record.PartRuns}, but runs is {record.Runs}.");
        Require(record.OwnResults >= 0, $"ownResults is {record.OwnResults}.");
        Require(record.PeakMemory >= 0, $"peakMemory is {record.PeakMemory}.");
        return record;
    }

    private static void Require(bool holds, string problem)
    {
        if (!holds)
            throw new JsonException(problem);
    }
}
