using Fpe.Cli;
using Fpe.Cli.Display;
using Fpe.Cli.Results;
using Fpe.Files;
using Samples.Paper.Claims;
using Samples.Paper.Comparisons;
using Samples.Paper.Report;
using Samples.Paper.Results;
using Samples.Paper.Tables;

namespace Samples.Paper;

/// <summary>Shows results that are there, and merges those of several workers.</summary>
internal static class PaperTables
{
    /// <summary>Shows the results in a file or folder, even while other processes write to it: tables as Markdown, and the report if requested.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Show(string results, string? reportFile)
    {
        var roles = new FileRoles();
        ResultsOption.AddSources(roles, results);
        roles.Write("--report", reportFile);
        using AtomicFile? report = Open(reportFile);
        Show(ResultSet<RunResult>.Read(results, RunResultFormat.Instance, Note).Results, report);
        return ExitCode.Success;
    }

    /// <summary>Writes the results of all workers to one file, in the order of their keys, and shows them.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    /// <exception cref="FpeException">Results are missing or damaged, or a file cannot be written; then none is.</exception>
    public static int Merge(string results, string into, string? reportFile)
    {
        var roles = new FileRoles();
        ResultsOption.AddSources(roles, results);
        roles.Write("--into", into);
        roles.Write("--report", reportFile);
        using AtomicFile merged = Open(into)!;
        using AtomicFile? report = Open(reportFile);
        ResultSet<RunResult> set = Completeness.Read(results, RunResultFormat.Instance, Note);
        merged.Commit(set.Write);
        Show(set.Results, report);
        return set.Results.Any(result => result.IsDiverged) ? ExitCode.Diverged : ExitCode.Success;
    }

    private static AtomicFile? Open(string? path) => path is null ? null : new AtomicFile(path);

    private static void Note(string line) => Terminal.WriteError(PaperRun.Program, line);

    private static void Show(IReadOnlyList<RunResult> results, AtomicFile? report)
    {
        var table = new RunTable(results);
        foreach (string experiment in table.Experiments)
            ExperimentTable.Create(table, experiment).WriteMarkdown(Console.Out);
        IReadOnlyList<ClaimFinding> claims = Claim.Examine(table);
        ClaimsTable.Create(claims)?.WriteMarkdown(Console.Out);
        if (ClaimsTable.Untested(claims) is { } untested)
            Console.Out.WriteLine(untested);
        report?.Commit(stream => ReportPage.Write(stream, results, claims, Provenance.OfThisProcess(trained: 0)));
    }
}
