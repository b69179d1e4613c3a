using System.Text.Json;
using System.Text.Json.Serialization;

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
    /// <exception cref="JsonException">The file is not a record.</exception>
    public static WorkerRecord Read(Stream stream) =>
        JsonSerializer.Deserialize(stream, Default.WorkerRecord) ?? throw new JsonException("it is null.");
}
