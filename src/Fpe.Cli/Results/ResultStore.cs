using System.Diagnostics;
using Fpe.Cli.Sweeps;

namespace Fpe.Cli.Results;

/// <summary>
/// The results of a sweep as one worker sees them: those that are in its file or folder when it starts, and its own, which it appends. In a
/// folder, each worker has a file of its own.
/// </summary>
/// <typeparam name="TResult">The result of a run.</typeparam>
internal sealed class ResultStore<TResult> : IDisposable
    where TResult : class
{
    private readonly ResultsFile<TResult> own;
    private readonly Dictionary<string, TResult> others = new(StringComparer.Ordinal);
    private readonly ResultsFolder? folder;
    private readonly WorkerRecord record;

    /// <summary>Opens a file or a folder for appending, or creates it.</summary>
    /// <param name="path">The file or folder; a folder if the worker runs only a part.</param>
    /// <param name="format">The format of the results.</param>
    /// <param name="sweep">The runs of the whole sweep.</param>
    /// <param name="shard">The part that this worker runs.</param>
    /// <param name="warn">Receives one line for each repair.</param>
    /// <exception cref="ResultsFileException">
    /// The folder belongs to another sweep or division, another process is this worker, a file is damaged, or files cannot be read and written.
    /// </exception>
    /// <exception cref="FpeException">The record of the worker cannot be written.</exception>
    public ResultStore(string path, IResultFormat<TResult> format, SweepPlan sweep, Shard shard, Action<string> warn)
    {
        record = WorkerRecord.Of(sweep, shard);
        if (!ResultsFolder.IsFolder(path, shard))
        {
            own = new ResultsFile<TResult>(path, format, warn);
            return;
        }

        ResultsFolder.RequireNoFile(path);
        folder = new ResultsFolder(path);
        if (Directory.Exists(path))
            folder.CheckDivision(record);
        string ownFile = folder.FileOf(shard);
        own = new ResultsFile<TResult>(ownFile, format, warn);
        try
        {
            Enter(shard);
            // The files of the other parts cannot contain runs of this one.
            IEnumerable<string> files = shard.IsWhole ? folder.Files() : folder.FilesOfNoPart(shard.Count);
            foreach (ResultsText<TResult> text in ResultsReader<TResult>.Read([.. files.Where(file => file != ownFile)], format, ReadingOptions.Default))
                Add(text);
        }
        catch
        {
            own.Dispose();
            throw;
        }
    }

    /// <summary>Returns the result of a run; null if it has not finished.</summary>
    /// <param name="key">The key of the run.</param>
    public TResult? Find(string key) => others.GetValueOrDefault(key) ?? own.Find(key);

    /// <summary>Adds a result; it is on disk when this method returns.</summary>
    /// <exception cref="ResultsFileException">The file cannot be written; the partially written line is removed.</exception>
    public void Append(TResult result) => own.Append(result);

    /// <summary>Records that all runs of this worker have a result, and how much memory it needed; only in a folder.</summary>
    /// <exception cref="FpeException">The record cannot be written.</exception>
    public void Complete()
    {
        using var process = Process.GetCurrentProcess();
        long before = folder?.RecordOf(new Shard(record.Shard, record.Shards))?.PeakMemory ?? 0;
        folder?.Write(record with { IsComplete = true, OwnResults = own.Count, PeakMemory = Math.Max(before, process.PeakWorkingSet64) });
    }

    public void Dispose() => own.Dispose();

    // Written first and compared afterwards: of two workers that do not belong together, the later one sees the other's record.
    private void Enter(Shard shard)
    {
        if (folder!.RecordOf(shard) is { } before && before.IsSamePart(record))
        {
            // It may have lost results since then.
            if (before.IsComplete)
                folder.Write(record with { PeakMemory = before.PeakMemory });
            return;
        }

        folder.Write(record);
        try
        {
            folder.CheckDivision(record);
        }
        catch
        {
            folder.Delete(record);
            throw;
        }
    }

    private void Add(ResultsText<TResult> text)
    {
        foreach (StoredResult<TResult> line in text.Lines)
            others.TryAdd(line.Key, line.Result);
    }
}
