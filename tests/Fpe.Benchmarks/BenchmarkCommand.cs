using System.CommandLine;
using Fpe.Benchmarks.Reports;

namespace Fpe.Benchmarks;

/// <summary>The part of the command line that benchmarks have in common: <c>--quick</c>, <c>--json</c>, and how tables appear.</summary>
internal static class BenchmarkCommand
{
    /// <summary>Name of the option for less than a minute.</summary>
    public const string Quick = "--quick";

    /// <summary>Name of the option for a file of tables.</summary>
    public const string Json = "--json";

    /// <summary>Makes a command of a benchmark.</summary>
    /// <param name="name">Name of the command.</param>
    /// <param name="description">What it measures.</param>
    /// <param name="run">Measures, quickly or thoroughly; tables are shown as they come.</param>
    public static Command Create(string name, string description, Func<bool, IEnumerable<Table>> run)
    {
        Option<bool> quick = QuickOption();
        Command command = Create(name, description, parsed => run(parsed.GetValue(quick)));
        command.Add(quick);
        return command;
    }

    /// <summary>Makes a command with options of its own.</summary>
    /// <param name="name">Name of the command.</param>
    /// <param name="description">What it measures.</param>
    /// <param name="run">Measures; tables are shown as they come.</param>
    public static Command Create(string name, string description, Func<ParseResult, IEnumerable<Table>> run)
    {
        Option<string?> json = new(Json) { Description = "Also write the tables to this file", HelpName = "file" };
        var command = new Command(name, description) { json };
        command.SetAction(parsed => Show(name, run(parsed), parsed.GetValue(json)));
        return command;
    }

    /// <summary>Makes the option for less than a minute.</summary>
    public static Option<bool> QuickOption() =>
        new(Quick) { Description = "Few rounds and shapes, under a minute: for a first look, not for figures" };

    private static void Show(string name, IEnumerable<Table> tables, string? json)
    {
        Console.WriteLine($"{Machine.Current}\n");
        var shown = new List<ReportTable>();
        foreach (Table table in tables)
        {
            table.Write(Console.Out);
            shown.Add(ReportTable.Of(table));
        }

        if (json is not null)
            Report.Write(json, [new Report(name, DateTime.UtcNow, Machine.Current, shown)]);
    }
}
