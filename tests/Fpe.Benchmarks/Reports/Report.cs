using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fpe.Benchmarks.Reports;

/// <summary>What one benchmark measured: a file of <c>--json</c> holds a list of reports.</summary>
/// <param name="Command">The command that measured it.</param>
/// <param name="Date">When it ended.</param>
/// <param name="Machine">What it ran on.</param>
/// <param name="Tables">The figures.</param>
internal sealed record Report(string Command, DateTime Date, Machine Machine, IReadOnlyList<ReportTable> Tables)
{
    // A spread of one value is not a number.
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
    };

    /// <summary>Writes reports to a file.</summary>
    /// <exception cref="BenchmarkException">It cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<Report> reports)
    {
        try
        {
            File.WriteAllText(path, JsonSerializer.Serialize(reports, Options) + "\n");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BenchmarkException($"{path} cannot be written: {error.Message}", error);
        }
    }

    /// <summary>Reads the reports of a file.</summary>
    /// <exception cref="BenchmarkException">It cannot be read, or holds no reports.</exception>
    public static IReadOnlyList<Report> Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<Report[]>(File.ReadAllText(path), Options) ?? throw new BenchmarkException($"{path} holds no reports, but null.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BenchmarkException($"{path} cannot be read: {error.Message}", error);
        }
        catch (JsonException error)
        {
            throw new BenchmarkException($"{path} is no file of --json: {error.Message}", error);
        }
    }
}
