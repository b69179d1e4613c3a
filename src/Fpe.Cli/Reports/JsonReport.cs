using System.Text.Json;
using Fpe.Cli.Running;

namespace Fpe.Cli.Reports;

/// <summary>Writes runs as one JSON array, an object a run.</summary>
internal static class JsonReport
{
    public static void Write(Stream stream, IReadOnlyList<RunRecord> runs)
    {
        JsonSerializer.Serialize(stream, runs, RunJson.Default.IReadOnlyListRunRecord);
        stream.WriteByte((byte)'\n');
    }
}
