using System.Globalization;
using Fpe.EndToEnd.Tests.Support;
using k8s;
using k8s.Models;

namespace Fpe.EndToEnd.Tests.Sweeps;

/// <summary>What is printed for clusters is what they accept, and does what it says. Slurm itself is tested by build/slurm.sh.</summary>
public sealed class ClusterFileTests : IDisposable
{
    private static readonly string[] Paper = ["boolean", "--quick", "--epochs", "100", "--seeds", "2", "--threads", "1"];

    private readonly TemporaryFolder folder = new();

    private string Results => folder["results"];

    [Fact]
    public void The_manifest_has_only_fields_of_the_schema_and_its_workers_do_all_runs()
    {
        CommandResult printed = StudyProgram.Paper.Run([.. Paper, "--results", Results, "--print-kubernetes", "3"]);
        Assert.Equal((0, ""), (printed.ExitCode, printed.Error));
        V1Job job = KubernetesYaml.Deserialize<V1Job>(printed.Output, strict: true);
        V1PodSpec pod = job.Spec.Template.Spec;
        V1Container worker = Assert.Single(pod.Containers);

        Assert.Equal(("batch/v1", "Job", "fpe-paper"), (job.ApiVersion, job.Kind, job.Metadata.Name));
        Assert.Equal(("Indexed", 3, 3, 3, "Never"), (job.Spec.CompletionMode, job.Spec.Completions, job.Spec.Parallelism, job.Spec.BackoffLimitPerIndex, pod.RestartPolicy));
        Assert.Equal("Ignore", Assert.Single(job.Spec.PodFailurePolicy.Rules).Action);
        Assert.Equal(pod.Volumes.Single().Name, worker.VolumeMounts.Single().Name);
        Assert.Equal("/results", worker.VolumeMounts.Single().MountPath);
        Assert.True(worker.Resources.Limits["memory"].ToDecimal() >= 1 << 28);
        Assert.Contains("Time is a guess", printed.Output, StringComparison.Ordinal);

        // As Kubernetes would, except that the folders of the container are elsewhere.
        string[] command = [.. worker.Command.Concat(worker.Args).Select(Outside)];
        for (int index = 0; index < job.Spec.Completions; index++)
        {
            Dictionary<string, string> environment = worker.Env.ToDictionary(variable => variable.Name, variable => variable.Value);
            environment["JOB_COMPLETION_INDEX"] = index.ToString(CultureInfo.InvariantCulture);
            CommandResult result = Command.Run(command[0], command[1..], environment);
            Assert.True(result.ExitCode == 0, result.ToString());
        }

        Assert.Equal(6, StoredResults.Sorted(Results).Length);
        Assert.Equal(0, StudyProgram.Paper.Run("merge", "--results", Results, "--into", folder["merged.jsonl"]).ExitCode);
    }

    [Fact]
    public void A_field_that_the_schema_does_not_have_is_found() =>
        Assert.ThrowsAny<Exception>(() => KubernetesYaml.Deserialize<V1Job>("apiVersion: batch/v1\nkind: Job\nspec:\n  completion: 3\n", strict: true));

    [Fact]
    public void The_container_file_starts_the_command_of_the_manifest()
    {
        CommandResult container = StudyProgram.Paper.Run([.. Paper, "--print-container"]);
        CommandResult manifest = StudyProgram.Paper.Run([.. Paper, "--results", Results, "--print-kubernetes", "auto"]);
        string command = "[\"dotnet\", \"/app/Paper.dll\"]";
        Assert.Contains($"\nENTRYPOINT {command}\n", container.Output, StringComparison.Ordinal);
        Assert.Contains($"\n        command: {command}\n", manifest.Output, StringComparison.Ordinal);
        Assert.Contains("\n  completions: 1\n", manifest.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_container_file_of_a_study_needs_no_results()
    {
        CommandResult container = StudyProgram.Digits.Run("--print-container");
        Assert.Equal((0, ""), (container.ExitCode, container.Error));
        Assert.Contains("\nENTRYPOINT [\"dotnet\", \"/app/Digits.dll\"]\n", container.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void One_worker_has_a_folder_too()
    {
        CommandResult script = StudyProgram.Digits.Run("--seeds", "1", "--epochs", "1", "--results", Results, "--print-slurm", "1");
        File.WriteAllText(folder["job.sh"], script.Output);
        Assert.Equal(0, Command.Run("bash", [folder["job.sh"]], new Dictionary<string, string> { ["SLURM_ARRAY_TASK_ID"] = "1" }).ExitCode);
        Assert.True(File.Exists(Path.Combine(Results, "results.jsonl")));
    }

    [Fact]
    public void The_batch_script_takes_time_and_memory_from_measured_runs()
    {
        CommandResult guessed = StudyProgram.Paper.Run([.. Paper, "--results", Results, "--print-slurm", "2"]);
        Assert.Contains("# Time is a guess", guessed.Output, StringComparison.Ordinal);
        Assert.Contains("# Memory is a guess", guessed.Output, StringComparison.Ordinal);
        Assert.Empty(folder.Content);

        Assert.Equal(0, StudyProgram.Paper.Run([.. Paper, "--results", Results, "--shard", "1/2"]).ExitCode);
        CommandResult measured = StudyProgram.Paper.Run([.. Paper, "--results", Results, "--print-slurm", "2"]);
        Assert.Equal((0, ""), (measured.ExitCode, measured.Error));
        Assert.Contains("from the times of 3 of 6 runs in --results", measured.Output, StringComparison.Ordinal);
        Assert.Contains("# Memory is half as much again as a worker needed (", measured.Output, StringComparison.Ordinal);
        Assert.StartsWith("#!/bin/bash\n", measured.Output, StringComparison.Ordinal);
        Assert.Contains("\n#SBATCH --array=1-2\n", measured.Output, StringComparison.Ordinal);
        Assert.Contains("\n#SBATCH --time=5\n", measured.Output, StringComparison.Ordinal);
        Assert.Contains($" --results {Results}/ --threads 1 --shard \"$SLURM_ARRAY_TASK_ID/2\"\n", measured.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_batch_script_is_run_by_a_shell_as_one_task()
    {
        string name = folder["it's $HOME"];
        CommandResult script = StudyProgram.Digits.Run("--seeds", "2", "--epochs", "1", "--results", name, "--print-slurm", "2");
        Assert.Equal(0, script.ExitCode);
        File.WriteAllText(folder["job.sh"], script.Output);
        foreach (string task in (string[])["1", "2"])
            Assert.Equal(0, Command.Run("bash", [folder["job.sh"]], new Dictionary<string, string> { ["SLURM_ARRAY_TASK_ID"] = task }).ExitCode);
        Assert.Equal(0, StudyProgram.Digits.Run("merge", "--results", name, "--json", folder["runs.json"]).ExitCode);
        Assert.Equal(4, Run.ReadAll(folder["runs.json"]).Length);
    }

    public void Dispose() => folder.Dispose();

    // A path of the container as one of this machine.
    private string Outside(string word) =>
        word.StartsWith("/results/", StringComparison.Ordinal) ? folder[word["/results/".Length..]]
        : word.StartsWith("/app/", StringComparison.Ordinal) ? Path.Combine(AppContext.BaseDirectory, word["/app/".Length..])
        : word;
}
