using System.Text.Json;
using System.Text.Json.Serialization;

namespace Samples.Paper.Results;

/// <summary>How a result is written as one line of JSON, known at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ResultLine))]
internal sealed partial class ResultsJson : JsonSerializerContext
{
    /// <summary>Writes a result: one line, with its end.</summary>
    public static byte[] Write(RunResult result) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(new ResultLine(result.Configuration.Key, result), Default.ResultLine), (byte)'\n'];

    /// <summary>Reads a result.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <exception cref="JsonException">It is no result.</exception>
    public static RunResult Read(ReadOnlySpan<byte> line)
    {
        (string key, RunResult result) = JsonSerializer.Deserialize(line, Default.ResultLine) ?? throw new JsonException("it is null.");
        if (key != result.Configuration.Key)
            throw new JsonException($"its key is \"{key}\", but its configuration is \"{result.Configuration.Key}\".");
        return result;
    }
}
