using System.Text.Json;
using System.Text.Json.Serialization;

namespace Samples.Paper.Results;

/// <summary>Serialises a result as one line of JSON, with metadata generated at compile time.</summary>
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
    /// <summary>Writes a result as one line, including the line break.</summary>
    public static byte[] Write(RunResult result) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(new ResultLine(result.Configuration.Key, result), Default.ResultLine), (byte)'\n'];

    /// <summary>Reads a result.</summary>
    /// <param name="line">The line, without the line break.</param>
    /// <exception cref="JsonException">The line is not a result.</exception>
    public static RunResult Read(ReadOnlySpan<byte> line)
    {
        (string key, RunResult result) = JsonSerializer.Deserialize(line, Default.ResultLine) ?? throw new JsonException("it is null.");
        if (key != result.Configuration.Key)
            throw new JsonException($"its key is \"{key}\", but its configuration is \"{result.Configuration.Key}\".");
        return result;
    }

    /// <summary>
    /// Returns whether a line is a complete result with different fields, which an older or newer version of the program may have written.
    /// </summary>
    /// <param name="line">The line, without the line break.</param>
    public static bool HasOtherFields(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("{\"key\":\""u8) || !IsJson(line))
            return false;
        try
        {
            JsonSerializer.Deserialize(line, Default.ResultLine);
            return false;
        }
        catch (JsonException)
        {
            return true;
        }
    }

    private static bool IsJson(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
