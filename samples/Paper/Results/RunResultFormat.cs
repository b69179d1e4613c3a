using System.Text.Json;
using Fpe.Cli.Results;

namespace Samples.Paper.Results;

/// <summary>Results as lines of JSON.</summary>
internal sealed class RunResultFormat : IResultFormat<RunResult>
{
    private readonly WrittenLines usual;
    private readonly bool keepsLosses;

    private RunResultFormat(bool keepsLosses)
    {
        this.keepsLosses = keepsLosses;
        usual = new WrittenLines(keepsLosses);
    }

    /// <summary>The format.</summary>
    public static RunResultFormat Instance { get; } = new(keepsLosses: true);

    /// <summary>The same format, of which tables and reports are made: losses are checked, but what is read has none.</summary>
    public static RunResultFormat WithoutLosses { get; } = new(keepsLosses: false);

    /// <inheritdoc/>
    public string KeyOf(RunResult result) => result.Configuration.Key;

    /// <inheritdoc/>
    public double SecondsOf(RunResult result) => result.Seconds;

    /// <inheritdoc/>
    public byte[] Write(RunResult result) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(new ResultLine(result.Configuration.Key, result), ResultsJson.Default.ResultLine), (byte)'\n'];

    /// <inheritdoc/>
    public ReadResult<RunResult> Read(ReadOnlySpan<byte> line)
    {
        if (usual.Read(line) is var (known, read))
            return new ReadResult<RunResult>(known, known, read);
        (string key, RunResult result) = JsonSerializer.Deserialize(line, ResultsJson.Default.ResultLine) ?? throw new JsonException("it is null.");
        return new ReadResult<RunResult>(key, result.Configuration.Key, keepsLosses ? result : result with { Loss = [] });
    }
}
