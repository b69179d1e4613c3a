using System.Text.Json;
using Fpe.Cli.Results;

namespace Samples.Paper.Results;

/// <summary>Results as lines of JSON.</summary>
internal sealed class RunResultFormat : IResultFormat<RunResult>
{
    /// <summary>The format.</summary>
    public static RunResultFormat Instance { get; } = new();

    /// <inheritdoc/>
    public string KeyOf(RunResult result) => result.Configuration.Key;

    /// <inheritdoc/>
    public double SecondsOf(RunResult result) => result.Seconds;

    /// <inheritdoc/>
    public byte[] Write(RunResult result) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(new ResultLine(result.Configuration.Key, result), ResultsJson.Default.ResultLine), (byte)'\n'];

    /// <inheritdoc/>
    public (string Key, RunResult Result) Read(ReadOnlySpan<byte> line)
    {
        (string key, RunResult result) = JsonSerializer.Deserialize(line, ResultsJson.Default.ResultLine) ?? throw new JsonException("it is null.");
        return (key, result);
    }
}
