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
        IReadOnlyList<RunResult> runs = ResultSet<RunResult>.Read(results, RunResultFormat.WithoutLosses, Note).Results;
        Show(runs, Describe(runs), report);
        return ExitCode.Success;
    }

    /// <summary>Writes the results of all workers to one file, in the order of their keys, and shows them.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    /// <exception cref="FpeException">Results are missing or damaged, and no file is written; or a file cannot be written.</exception>
    public static int Merge(string results, string into, string? reportFile)
    {
        var roles = new FileRoles();
        ResultsOption.AddSources(roles, results);
        roles.Write("--into", into);
        roles.Write("--report", reportFile);
        using AtomicFile merged = Open(into)!;
        using AtomicFile? report = Open(reportFile);
        ResultSet<RunResult> set = Completeness.Read(results, RunResultFormat.WithoutLosses, Note);
        set.Sort();
        IReadOnlyList<RunResult> runs = set.Results;
        (string Text, IReadOnlyList<ClaimFinding> Claims) description = default;
        Simultaneously.Both(() => merged.Commit(set.Write), () => description = Describe(runs));
        Show(runs, description, report);
        return runs.Any(result => result.IsDiverged) ? ExitCode.Diverged : ExitCode.Success;
    }

    private static AtomicFile? Open(string? path) => path is null ? null : new AtomicFile(path);

    private static void Note(string line) => Terminal.WriteError(PaperRun.Program, line);

    // The tables as Markdown, and the claims.
    private static (string Text, IReadOnlyList<ClaimFinding> Claims) Describe(IReadOnlyList<RunResult> results)
    {
        using var writer = new StringWriter();
        var table = new RunTable(results);
        foreach (string experiment in table.Experiments)
            ExperimentTable.Create(table, experiment).WriteMarkdown(writer);
        IReadOnlyList<ClaimFinding> claims = Claim.Examine(table);
        ClaimsTable.Create(claims)?.WriteMarkdown(writer);
        if (ClaimsTable.Untested(claims) is { } untested)
            writer.WriteLine(untested);
        return (writer.ToString(), claims);
    }

    private static void Show(IReadOnlyList<RunResult> results, (string Text, IReadOnlyList<ClaimFinding> Claims) description, AtomicFile? report)
    {
        Console.Out.Write(description.Text);
        report?.Commit(stream => ReportPage.Write(stream, results, description.Claims, Provenance.OfThisProcess(trained: 0)));
    }
}
