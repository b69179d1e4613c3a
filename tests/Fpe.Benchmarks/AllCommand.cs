using System.CommandLine;
using System.Diagnostics;
using System.Runtime.Intrinsics;
using Fpe.Benchmarks.Reports;

namespace Fpe.Benchmarks;

/// <summary>
/// Runs every benchmark in a process of its own, one after the other. Those of our kernels run twice if the processor has AVX-512: with it
/// and without.
/// </summary>
internal static class AllCommand
{
    private const string WithoutAvx512 = "DOTNET_EnableAVX512";

    /// <summary>Creates the command.</summary>
    /// <param name="benchmarks">The benchmarks, and whether the width of vectors matters to them.</param>
    public static Command Create(IReadOnlyList<(Command Command, bool DependsOnWidth)> benchmarks)
    {
        Option<string> json = new(BenchmarkCommand.Json) { Description = "Write all tables to this file", HelpName = "file", Required = true };
        Option<bool> quick = BenchmarkCommand.QuickOption();
        var command = new Command("all", "All of them, with AVX-512 and without") { json, quick };
        command.SetAction(parsed => Run(benchmarks, parsed.GetValue(json)!, parsed.GetValue(quick)));
        return command;
    }

    private static void Run(IReadOnlyList<(Command Command, bool DependsOnWidth)> benchmarks, string path, bool quick)
    {
        var reports = new List<Report>();
        var missing = new List<string>();
        foreach ((Command command, bool dependsOnWidth) in benchmarks)
        {
            foreach (bool isNarrow in dependsOnWidth && Vector512.IsHardwareAccelerated ? [false, true] : new[] { false })
            {
                Console.WriteLine($"== {command.Name}{(isNarrow ? " without AVX-512" : "")}");
                if (RunOne(command.Name, quick, isNarrow) is { } report)
                    reports.AddRange(report);
                else
                    missing.Add(command.Name);

                // What was measured is kept if a later one is stopped.
                Report.Write(path, reports);
            }
        }

        if (missing.Count > 0)
            throw new BenchmarkException($"{path} has no figures of {string.Join(", ", missing.Distinct())}; the lines above say what is missing.");
    }

    /// <summary>Returns the reports of a process; null if it ended with an error, which it has printed.</summary>
    private static IReadOnlyList<Report>? RunOne(string name, bool quick, bool isNarrow)
    {
        string file = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo(Environment.ProcessPath!, [.. OwnAssembly(), name, BenchmarkCommand.Json, file, .. quick ? [BenchmarkCommand.Quick] : Array.Empty<string>()]);
            if (isNarrow)
                start.Environment[WithoutAvx512] = "0";
            using Process process = Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode == 0 ? Report.Read(file) : null;
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>The assembly as an argument, if the process is <c>dotnet</c> and not a program of its own.</summary>
    private static string[] OwnAssembly() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
}
