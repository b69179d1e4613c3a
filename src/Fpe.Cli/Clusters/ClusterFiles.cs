using Fpe.Cli.Results;
using Fpe.Cli.Sweeps;

namespace Fpe.Cli.Clusters;

/// <summary>Prints what a cluster needs to run a sweep.</summary>
internal static class ClusterFiles
{
    /// <summary>Prints the container file, which does not depend on the runs.</summary>
    /// <param name="writer">Receives the text.</param>
    /// <param name="program">The name of the program.</param>
    public static void WriteContainer(TextWriter writer, string program) => ContainerFile.Write(writer, program, ProgramCall.OfThisProcess);

    /// <summary>Prints what depends on the runs.</summary>
    /// <typeparam name="TResult">The result of a run.</typeparam>
    /// <param name="writer">Receives the text.</param>
    /// <param name="request">What to print; not the container file.</param>
    /// <param name="sweep">The runs.</param>
    /// <param name="folder">The folder for the results, which need not exist.</param>
    /// <param name="format">The format of the results.</param>
    /// <param name="threads">The number of concurrent runs of each worker.</param>
    /// <param name="largestNetwork">The number of weights of the largest network.</param>
    /// <exception cref="ResultsFileException">The folder is a file, cannot be read or is damaged.</exception>
    public static void Write<TResult>(
        TextWriter writer, PrintRequest request, SweepPlan sweep, string folder, IResultFormat<TResult> format, int threads, double largestNetwork)
        where TResult : class
    {
        var call = ProgramCall.OfThisProcess;
        ResultsFolder.RequireNoFile(folder);
        Dictionary<string, double> seconds = [];
        IReadOnlyList<WorkerRecord> records = [];
        if (Directory.Exists(folder))
        {
            var results = new ResultsFolder(folder);
            records = results.Records();
            // File by file, since only times are kept.
            foreach (StoredResult<TResult> line in results.Files().SelectMany(file => ResultsReader<TResult>.Read(file, format).Lines))
                seconds[line.Key] = format.SecondsOf(line.Result);
        }

        int? shards = request.Shards ?? records.FirstOrDefault(record => record.IsPart)?.Shards;
        if (shards is { } count && Directory.Exists(folder))
            new ResultsFolder(folder).CheckDivision(WorkerRecord.Of(sweep, new Shard(1, count)));
        var estimate = SweepEstimate.Of(sweep, request with { Shards = shards }, threads, key => seconds.TryGetValue(key, out double time) ? time : null, largestNetwork, records);
        switch (request.Cluster)
        {
            case Cluster.Slurm:
                SlurmScript.Write(writer, sweep.Program, call, folder, estimate);
                break;
            case Cluster.Kubernetes:
                KubernetesJob.Write(writer, sweep.Program, call, folder, estimate);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(request), request.Cluster, "It does not depend on the runs, or is unknown.");
        }
    }
}
