using System.CommandLine;
using Fpe.Benchmarks.Reports;

namespace Fpe.Benchmarks;

/// <summary>Prints the tables of a file of <c>--json</c> as Markdown, as they are in docs/performance.md.</summary>
internal static class TablesCommand
{
    /// <summary>Creates the command.</summary>
    public static Command Create()
    {
        Argument<string> path = new("file") { Description = "A file that --json wrote" };
        var command = new Command("tables", "Prints the tables of a file as Markdown") { path };
        command.SetAction(parsed => Print(Report.Read(parsed.GetValue(path)!), Console.Out));
        return command;
    }

    private static void Print(IReadOnlyList<Report> reports, TextWriter output)
    {
        foreach (Report report in reports)
        {
            output.WriteLine($"## {report.Command}\n\n{report.Machine}, {report.Date:yyyy-MM-dd}.\n");
            foreach (ReportTable table in report.Tables)
                table.Write(output);
        }
    }
}
