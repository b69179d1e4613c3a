namespace Fpe.Cli.Results;

/// <summary>Whether all workers of a folder of results have done their part.</summary>
internal static class Completeness
{
    /// <summary>The number of missing parts that a message lists.</summary>
    private const int Listed = 10;

    /// <summary>Requires that no run of a sweep is missing.</summary>
    /// <param name="path">A file, of which nothing is known, or a folder.</param>
    /// <exception cref="ResultsFileException">Workers have not started or not finished; the message lists their parts.</exception>
    public static void Require(string path)
    {
        if (!ResultsFolder.IsFolder(path))
            return;
        IReadOnlyList<WorkerRecord> records = new ResultsFolder(path).Records();
        foreach (IGrouping<(string Sweep, int Shards), WorkerRecord> division in records.Where(record => record.IsPart).GroupBy(record => (record.Sweep, record.Shards)))
        {
            bool isCompletedByOne = records.Any(record => record is { IsPart: false, IsComplete: true } && record.Sweep == division.Key.Sweep);
            int[] missing = [.. Enumerable.Range(1, division.Key.Shards).Except(division.Where(record => record.IsComplete).Select(record => record.Shard))];
            if (missing.Length > 0 && !isCompletedByOne)
                throw new ResultsFileException(path, Describe(missing, division.Key.Shards));
        }
    }

    private static string Describe(int[] missing, int shards)
    {
        string parts = string.Join(", ", missing.Take(Listed).Select(shard => $"{shard}/{shards}"));
        string more = missing.Length > Listed ? $" and {missing.Length - Listed} more" : "";
        string subject = missing.Length == 1 ? "1 part has" : $"{missing.Length} parts have";
        return $"{subject} not finished: {parts}{more}; start {(missing.Length == 1 ? "it" : "them")} again with --shard, or the program without --shard to complete all: only missing runs are run.";
    }
}
