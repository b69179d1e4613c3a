using System.Text.Json;
using Fpe.Cli.Running;

namespace Fpe.Cli.Reports;

/// <summary>Writes runs as a JSON array with one object per run.</summary>
internal static class JsonReport
{
    public static void Write(Stream stream, IReadOnlyList<RunRecord> runs)
    {
        JsonSerializer.Serialize(stream, runs, RunJson.Default.IReadOnlyListRunRecord);
        stream.WriteByte((byte)'\n');
    }
}
