namespace Fpe.Cli.Results;

/// <summary>
/// Reads the results of a sweep, of which none may be missing: all workers have done their parts, and what they say of their files is true.
/// </summary>
internal static class Completeness
{
    /// <summary>The number of missing parts that a message lists.</summary>
    private const int Listed = 10;

    /// <summary>Reads the results.</summary>
    /// <typeparam name="TResult">The result of a run.</typeparam>
    /// <param name="path">A file, of which only its end is known, or a folder.</param>
    /// <param name="format">The format of the results.</param>
    /// <param name="warn">Receives one line for each file whose last line is not whole, where that does not matter.</param>
    /// <exception cref="ResultsFileException">Workers have not finished, results are missing, or a file cannot be read or is damaged.</exception>
    public static ResultSet<TResult> Read<TResult>(string path, IResultFormat<TResult> format, Action<string> warn)
        where TResult : class
    {
        IReadOnlyList<WorkerRecord> records = ResultsFolder.IsFolder(path) ? new ResultsFolder(path).Records() : [];
        // Before the files are read, which takes long if there are many runs.
        RequireParts(path, records, record => record.OwnResults);

        var notes = new List<string>();
        ResultSet<TResult> set = ResultSet<TResult>.Read(path, format, notes.Add);
        Dictionary<string, int> counts = set.Files.ToDictionary(file => Path.GetFileName(file.Path), file => file.Results, StringComparer.Ordinal);
        HashSet<string> replaced = RequireParts(path, records, record => counts.GetValueOrDefault(ResultsFolder.FileNameOf(record)));
        if (set.Files.FirstOrDefault(file => file.IsTorn && !replaced.Contains(Path.GetFileName(file.Path))) is { } torn)
            throw new ResultsFileException(torn.Path, $"line {torn.Results + 1} is not whole, so its run is missing; start the program that wrote it again: only missing runs are run.");
        if (records.Count > 0 && records.Max(record => record.Runs) is var runs && set.Count < runs)
            throw new ResultsFileException(path, $"it has {set.Count} of {runs} runs; start the program without --shard to complete it: only missing runs are run.");
        notes.ForEach(warn);
        return set;
    }

    /// <summary>
    /// Requires that each sweep is complete: all parts of one of its divisions are, of which a single worker with all runs is one.
    /// </summary>
    /// <param name="path">The folder.</param>
    /// <param name="records">The records of its workers.</param>
    /// <param name="countOf">Returns the number of results in a worker's file.</param>
    /// <returns>The names of the files of divisions that are not complete, whose runs others have run.</returns>
    /// <exception cref="ResultsFileException">A sweep is not complete.</exception>
    private static HashSet<string> RequireParts(string path, IReadOnlyList<WorkerRecord> records, Func<WorkerRecord, int> countOf)
    {
        var replaced = new HashSet<string>(StringComparer.Ordinal);
        foreach (IGrouping<string, WorkerRecord> sweep in records.GroupBy(record => record.Sweep))
        {
            (WorkerRecord[] Workers, string? Problem)[] divisions =
            [
                .. sweep.GroupBy(record => record.Shards)
                    .OrderByDescending(division => division.Key)
                    .Select(division => (division.ToArray(), ProblemOf([.. division], countOf))),
            ];
            if (divisions.All(division => division.Problem is not null))
                throw new ResultsFileException(path, divisions[0].Problem!);
            replaced.UnionWith(divisions.Where(division => division.Problem is not null).SelectMany(division => division.Workers).Select(ResultsFolder.FileNameOf));
        }

        return replaced;
    }

    private static string? ProblemOf(WorkerRecord[] division, Func<WorkerRecord, int> countOf)
    {
        int shards = division[0].Shards;
        int[] missing = [.. Enumerable.Range(1, shards).Except(division.Where(record => record.IsComplete).Select(record => record.Shard))];
        if (missing.Length > 0)
            return division[0].IsPart ? Describe(missing, shards) : $"a process without --shard has not finished its {division[0].Runs} runs; start it again: only missing runs are run.";
        if (Array.Find(division, record => countOf(record) < record.OwnResults) is not { } damaged)
            return null;
        string part = damaged.IsPart ? $"part {damaged.Shard}/{shards}" : "the process without --shard";
        return $"{part} has {damaged.PartRuns} runs, and its file {ResultsFolder.FileNameOf(damaged)} had {damaged.OwnResults} results when it finished, but has {countOf(damaged)} now; start it again: only missing runs are run.";
    }

    private static string Describe(int[] missing, int shards)
    {
        string parts = string.Join(", ", missing.Take(Listed).Select(shard => $"{shard}/{shards}"));
        string more = missing.Length > Listed ? $" and {missing.Length - Listed} more" : "";
        string subject = missing.Length == 1 ? "1 part has" : $"{missing.Length} parts have";
        return $"{subject} not finished: {parts}{more}; start {(missing.Length == 1 ? "it" : "them")} again with --shard, or the program without --shard to complete all: only missing runs are run.";
    }
}
