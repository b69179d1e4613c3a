using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fpe.Benchmarks.Reports;

/// <summary>Writes tables as JSON: an array of tables, each with its title and an object a row.</summary>
internal static class JsonReport
{
    // A spread of one value is not a number.
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(string path, IEnumerable<Table> tables)
    {
        try
        {
            File.WriteAllText(path, JsonSerializer.Serialize(tables.Select(Describe), Options) + "\n");
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
