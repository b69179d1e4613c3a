using Fpe.Cli.Results;
using Fpe.Cli.Sweeps;

namespace Fpe.Cli.Clusters;

/// <summary>A batch script for a Slurm job array, one task per shard.</summary>
internal static class SlurmScript
{
    /// <summary>Writes the script.</summary>
    /// <param name="writer">Receives the script.</param>
    /// <param name="program">The name of the program.</param>
    /// <param name="call">The call of the program that should be divided.</param>
    /// <param name="folder">The folder of the results.</param>
    /// <param name="estimate">The time and memory of a task.</param>
    public static void Write(TextWriter writer, string program, ProgramCall call, string folder, SweepEstimate estimate)
    {
        string[] lines =
        [
            "#!/bin/bash",
            $"# {program}: {estimate.Runs} runs, divided among {estimate.Shards} tasks that append to files of their own in {folder}.",
            "# Submit it with sbatch. A task that was killed is submitted again, alone if you like (sbatch --array=3 FILE): finished runs are kept.",
            .. estimate.Reasons.Select(reason => $"# {reason}"),
            $"#SBATCH --job-name={JobName.Of(program)}",
            $"#SBATCH --array=1-{estimate.Shards}",
            "#SBATCH --ntasks=1",
            $"#SBATCH --cpus-per-task={estimate.Threads}",
            $"#SBATCH --time={estimate.Minutes}",
            $"#SBATCH --mem={estimate.MemoryLimit}M",
            "#SBATCH --requeue",
            "#SBATCH --open-mode=append",
            $"#SBATCH --chdir={Quote(Environment.CurrentDirectory)}",
            $"exec {Worker(call, folder, estimate)} {SweepOptions.ShardName} \"$SLURM_ARRAY_TASK_ID/{estimate.Shards}\"",
            "# When all tasks have ended:",
            $"# {Merge(call, folder)}",
        ];
        foreach (string line in lines)
            writer.Write(line + "\n");
    }

    /// <summary>Returns a value as sbatch reads it in a script: unlike in a shell, a space must be in quotes, and a backslash also counts there.</summary>
    internal static string Quote(string value) => $"\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static ProgramCall Worker(ProgramCall call, string folder, SweepEstimate estimate) => call
        .Without(SweepOptions.OfDivision)
        .With(ResultsOption.Name, ResultsFolder.WithSlash(folder))
        .With("--threads", $"{estimate.Threads}");

    private static ProgramCall Merge(ProgramCall call, string folder) =>
        call with { Arguments = ["merge", ResultsOption.Name, ResultsFolder.WithSlash(folder), "--into", Path.TrimEndingDirectorySeparator(folder) + ".jsonl"] };
}
