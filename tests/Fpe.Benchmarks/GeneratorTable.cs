using Fpe.Benchmarks.Reports;

namespace Fpe.Benchmarks;

/// <summary>The figures of <see cref="GeneratorBenchmark"/>, a line a row.</summary>
internal static class GeneratorTable
{
    /// <summary>Measures.</summary>
    public static IEnumerable<Table> Run(bool quick)
    {
        using var lines = new StringWriter();
        GeneratorBenchmark.Run(quick, lines);
        var table = new Table("Source generator", new Column("figure"));
        foreach (string line in lines.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            table.Add(line);
        return [table];
    }
}
