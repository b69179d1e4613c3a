using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Fpe.Cli.Running;

namespace Fpe.Cli.Reports;

/// <summary>Writes runs as comma-separated values, one line per run, with the names used in JSON as headings.</summary>
internal static class CsvReport
{
    public static void Write(Stream stream, IReadOnlyList<RunRecord> runs)
    {
        IList<JsonPropertyInfo> columns = RunJson.Default.RunRecord.Properties;
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(string.Join(',', columns.Select(column => column.Name)));
        foreach (RunRecord run in runs)
            writer.WriteLine(string.Join(',', columns.Select(column => Field(column.Get!(run)))));
    }

    // Only words and numbers: no field needs quotes.
    private static string? Field(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture);
}
