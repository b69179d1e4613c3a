using System.Text.Encodings.Web;
using System.Text.Json;
using Fpe.Cli.Results;
using Fpe.Cli.Sweeps;

namespace Fpe.Cli.Clusters;

/// <summary>A manifest of a Kubernetes Indexed Job, one index per shard.</summary>
internal static class KubernetesJob
{
    /// <summary>The folder of the container in which the volume with the results is mounted.</summary>
    public const string ResultsFolder = "/results";

    // Of the user in the container files of .NET, which is not root.
    private const int Group = 1654;

    /// <summary>Writes the manifest.</summary>
    /// <param name="writer">Receives the manifest.</param>
    /// <param name="program">The name of the program.</param>
    /// <param name="call">The call of the program that should be divided.</param>
    /// <param name="folder">The folder of the results, whose name becomes a folder of the volume.</param>
    /// <param name="estimate">The time and memory of a worker.</param>
    public static void Write(TextWriter writer, string program, ProgramCall call, string folder, SweepEstimate estimate)
    {
        string name = JobName.Of(program);
        string[] lines =
        [
            $"# {program}: {estimate.Runs} runs, divided among {estimate.Shards} workers that append to files of their own in a shared volume.",
            $"# Before kubectl apply: build the image {name} from the file of --print-container, push it, and create the claim {name}-results",
            "# of a volume that all workers can write (ReadWriteMany). Files of data must be in the image or the volume.",
            .. estimate.Reasons.Select(reason => $"# {reason}"),
            "apiVersion: batch/v1",
            "kind: Job",
            "metadata:",
            $"  name: {name}",
            "spec:",
            "  completionMode: Indexed",
            $"  completions: {estimate.Shards}",
            $"  parallelism: {estimate.Shards}",
            "  backoffLimitPerIndex: 3",
            "  podFailurePolicy:",
            "    rules:",
            "    # The end of a node costs no attempt.",
            "    - action: Ignore",
            "      onPodConditions:",
            "      - type: DisruptionTarget",
            "        status: \"True\"",
            "  template:",
            "    spec:",
            "      restartPolicy: Never",
            "      securityContext:",
            $"        fsGroup: {Group}",
            "      containers:",
            "      - name: worker",
            $"        image: {name}:latest",
            $"        command: [{List(ContainerFile.Command(call))}]",
            $"        args: [{List(Worker(call, folder, estimate).Arguments)}]",
            "        env:",
            "        # Kubernetes itself sets JOB_COMPLETION_INDEX.",
            $"        - name: {ShardEnvironment.CountVariable}",
            $"          value: \"{estimate.Shards}\"",
            "        resources:",
            "          requests:",
            $"            cpu: \"{estimate.Threads}\"",
            $"            memory: {estimate.MemoryLimit}Mi",
            "          limits:",
            $"            memory: {estimate.MemoryLimit}Mi",
            "        volumeMounts:",
            "        - name: results",
            $"          mountPath: {ResultsFolder}",
            "      volumes:",
            "      - name: results",
            "        persistentVolumeClaim:",
            $"          claimName: {name}-results",
        ];
        foreach (string line in lines)
            writer.Write(line + "\n");
    }

    private static ProgramCall Worker(ProgramCall call, string folder, SweepEstimate estimate) => call
        .Without(SweepOptions.OfDivision)
        .With(ResultsOption.Name, $"{ResultsFolder}/{Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)))}/")
        .With("--threads", $"{estimate.Threads}");

    // A JSON string is a double-quoted string of YAML.
    private static string List(IEnumerable<string> words) =>
        string.Join(", ", words.Select(word => $"\"{JsonEncodedText.Encode(word, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\""));
}
