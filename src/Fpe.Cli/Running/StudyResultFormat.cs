using System.Text.Json;
using Fpe.Cli.Results;

namespace Fpe.Cli.Running;

/// <summary>Results of studies as lines of JSON.</summary>
internal sealed class StudyResultFormat : IResultFormat<StudyResult>
{
    /// <summary>The format.</summary>
    public static StudyResultFormat Instance { get; } = new();

    /// <inheritdoc/>
    public string KeyOf(StudyResult result) => result.Configuration.Key;

    /// <inheritdoc/>
    public double SecondsOf(StudyResult result) => result.Record?.Seconds ?? 0;

    /// <inheritdoc/>
    public byte[] Write(StudyResult result) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(new StudyResultLine(result.Configuration.Key, result), StudyResultJson.Default.StudyResultLine), (byte)'\n'];

    /// <inheritdoc/>
    public ReadResult<StudyResult> Read(ReadOnlySpan<byte> line)
    {
        (string key, StudyResult result) = JsonSerializer.Deserialize(line, StudyResultJson.Default.StudyResultLine) ?? throw new JsonException("it is null.");
        return (result.Record is null) != (result.Divergence is null)
            ? new ReadResult<StudyResult>(key, result.Configuration.Key, result)
            : throw new JsonException("a run has either a record or a divergence.");
    }
}
