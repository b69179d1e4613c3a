using System.Text.Json;
using Fpe.Cli.Results;

namespace Samples.Paper.Results;

/// <summary>Results as lines of JSON.</summary>
internal sealed class RunResultFormat : IResultFormat<RunResult>
{
    private readonly WrittenLines writtenLines;
    private readonly bool keepsLosses;

    private RunResultFormat(bool keepsLosses)
    {
        this.keepsLosses = keepsLosses;
        writtenLines = new WrittenLines(keepsLosses);
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
        if (writtenLines.Read(line) is var (key, result))
            return new ReadResult<RunResult>(key, key, Checked(result));
        (string writtenKey, RunResult any) = JsonSerializer.Deserialize(line, ResultsJson.Default.ResultLine) ?? throw new JsonException("it is null.");
        return new ReadResult<RunResult>(writtenKey, any.Configuration.Key, Checked(keepsLosses ? any : any with { Loss = [] }));
    }

    private static RunResult Checked(RunResult result) => (result.Measurement is null) == (result.Divergence is null)
        ? throw new JsonException("a run has either a measurement or a divergence.")
        : result;
}
