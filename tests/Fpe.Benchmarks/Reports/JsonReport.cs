using System.Text.Json;

namespace Fpe.Benchmarks.Reports;

/// <summary>Writes tables as JSON: an array of tables, each with its title and an object a row.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Write(string path, IEnumerable<Table> tables)
    {
        try
        {
            File.WriteAllText(path, JsonSerializer.Serialize(tables.Select(Describe), Indented) + "\n");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BenchmarkException($"{path} cannot be written: {error.Message}", error);
        }
    }

    private static object Describe(Table table) => new
    {
        title = table.Title,
        rows = table.Rows.Select(row => table.Columns.Zip(row).ToDictionary(cell => cell.First.Heading, cell => cell.Second)),
    };
}
