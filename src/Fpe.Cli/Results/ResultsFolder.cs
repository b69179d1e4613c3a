using System.Text.Json;
using Fpe.Cli.Sweeps;
using Fpe.Files;

namespace Fpe.Cli.Results;

/// <summary>
/// A folder of results: files of lines as in a single results file, to each of which one worker appends, and a record of each worker beside
/// them. Workers share no file that they write; a lock on the file of each keeps a second process from being the same worker.
/// </summary>
/// <param name="path">The folder.</param>
internal sealed class ResultsFolder(string path)
{
    private const string Lines = ".jsonl";
    private const string Record = ".json";
    private const string Whole = "results";
    private const string PartPrefix = "shard-";
    private const string PartInfix = "-of-";

    /// <summary>Returns whether a path of results is a folder: it exists as one, or ends as one.</summary>
    public static bool IsFolder(string path) => Directory.Exists(path) || Path.EndsInDirectorySeparator(path);

    /// <summary>Returns whether a worker keeps results in a folder: always if it runs only a part.</summary>
    public static bool IsFolder(string path, Shard shard) => !shard.IsWhole || IsFolder(path);

    /// <summary>Returns the path of a folder in a form that means one before it exists: with a slash at its end.</summary>
    public static string WithSlash(string path) => Path.EndsInDirectorySeparator(path) ? path : path + "/";

    /// <summary>Requires that a path, which need not exist, is not a file.</summary>
    /// <exception cref="ResultsFileException">It is a file.</exception>
    public static void RequireNoFile(string path)
    {
        if (File.Exists(path))
            throw new ResultsFileException(path, "it is a file, but the workers of a sweep append to a file each; name a folder with --results.");
    }

    /// <summary>Returns the name of the results file of a worker.</summary>
    public static string FileNameOf(WorkerRecord record) => NameOf(new Shard(record.Shard, record.Shards)) + Lines;

    /// <summary>Returns the results file of a worker.</summary>
    public string FileOf(Shard shard) => Path.Combine(path, NameOf(shard) + Lines);

    /// <summary>Returns the files of results, in the order of their names.</summary>
    /// <exception cref="ResultsFileException">The folder cannot be read.</exception>
    public IReadOnlyList<string> Files() => Find("*" + Lines, Lines);

    /// <summary>
    /// Returns the files of results that no worker of a division writes: merged files, those of other divisions, and that of a worker with all
    /// runs.
    /// </summary>
    /// <param name="shards">The number of parts of the division.</param>
    /// <exception cref="ResultsFileException">The folder cannot be read.</exception>
    public IEnumerable<string> FilesOfNoPart(int shards) => Files().Where(file => ShardOf(file) is not { IsWhole: false } part || part.Count != shards);

    /// <summary>Returns the files in the folder that workers write or that are read as results, and their locks, which need not exist.</summary>
    /// <exception cref="ResultsFileException">The folder cannot be read.</exception>
    public IEnumerable<string> FilesInUse() => [.. Files().SelectMany(file => new[] { file, ResultsLock.PathOf(file) }), .. RecordFiles()];

    /// <summary>Returns the files of a worker, which need not exist: its results, their lock and its record.</summary>
    public IEnumerable<string> FilesInUseBy(Shard shard) => [FileOf(shard), ResultsLock.PathOf(FileOf(shard)), RecordFile(shard)];

    /// <summary>Returns the records of the workers, in the order of their names.</summary>
    /// <exception cref="ResultsFileException">The folder cannot be read, or a record is damaged.</exception>
    public IReadOnlyList<WorkerRecord> Records() => [.. RecordFiles().Select(file => ReadRecord(file, ShardOf(file)!)).OfType<WorkerRecord>()];

    /// <summary>Returns the record of a worker; null if it has not started yet.</summary>
    /// <exception cref="ResultsFileException">The record is damaged.</exception>
    public WorkerRecord? RecordOf(Shard shard) => ReadRecord(RecordFile(shard), shard);

    /// <summary>
    /// Requires that the records in the folder are of the same program, and those of parts of the same division of the same runs. A worker
    /// with all runs does not depend on the division, so that it can complete what the others left.
    /// </summary>
    /// <param name="own">The record of a worker, which need not be in the folder.</param>
    /// <exception cref="ResultsFileException">A record differs.</exception>
    public void CheckDivision(WorkerRecord own)
    {
        foreach (WorkerRecord other in Records())
        {
            if (other.Program != own.Program)
                throw new ResultsFileException(path, $"it has results of {other.Program}, and not of {own.Program}; name another folder with --results.");
            if (!own.IsPart || !other.IsPart)
                continue;
            if (other.Shards != own.Shards)
                throw new ResultsFileException(path, $"its runs are divided into {other.Shards} parts, and not {own.Shards}; use {other.Shards} parts, or merge it into a file, and start with {own.Shards} parts in a new folder that contains this file.");
            if (other.Sweep != own.Sweep)
                throw new ResultsFileException(path, $"it belongs to another sweep ({other.Runs} runs, checksum {other.Sweep}), and not to this one ({own.Runs} runs, checksum {own.Sweep}); use the options of that sweep, or name another folder with --results.");
        }
    }

    /// <summary>Writes the record of a worker.</summary>
    /// <exception cref="FileAccessException">The file cannot be written.</exception>
    public void Write(WorkerRecord record) =>
        AtomicFile.Write(RecordFile(new Shard(record.Shard, record.Shards)), stream => WorkerRecordJson.Write(stream, record));

    /// <summary>Deletes the record of a worker that turned out not to belong here.</summary>
    public void Delete(WorkerRecord record) => File.Delete(RecordFile(new Shard(record.Shard, record.Shards)));

    private static string NameOf(Shard shard) => shard.IsWhole ? Whole : $"{PartPrefix}{shard.Index}{PartInfix}{shard.Count}";

    // The part whose file it is; null for a file of any other name.
    private static Shard? ShardOf(string file)
    {
        string name = Path.GetFileNameWithoutExtension(file);
        if (name == Whole)
            return Shard.Whole;
        return name.StartsWith(PartPrefix, StringComparison.Ordinal)
            && Shard.TryParse(name[PartPrefix.Length..].Replace(PartInfix, "/", StringComparison.Ordinal)) is { } shard && NameOf(shard) == name
            ? shard
            : null;
    }

    private string RecordFile(Shard shard) => Path.Combine(path, NameOf(shard) + Record);

    private IEnumerable<string> RecordFiles() => Find("*" + Record, Record).Where(file => ShardOf(file) is not null);

    private string[] Find(string pattern, string extension)
    {
        try
        {
            return [.. Directory.GetFiles(path, pattern).Where(file => Path.GetExtension(file) == extension).Order(StringComparer.Ordinal)];
        }
        catch (Exception error) when (FileAccessException.IsCause(error))
        {
            throw new ResultsFileException(path, $"cannot be read: {error.Message}", error);
        }
    }

    private static WorkerRecord? ReadRecord(string file, Shard shard)
    {
        try
        {
            if (!File.Exists(file))
                return null;
            using FileStream stream = ReadableFile.OpenStream(file);
            return WorkerRecordJson.Read(stream, shard);
        }
        catch (FileAccessException error) when (error.InnerException is FileNotFoundException)
        {
            // Its worker has just deleted it.
            return null;
        }
        catch (JsonException error)
        {
            throw new ResultsFileException(file, $"it is no record of a worker, or damaged: {error.Message.ReplaceLineEndings(" ")} Delete it, and start its worker again: no run is repeated.", error);
        }
        catch (Exception error) when (FileAccessException.IsCause(error))
        {
            throw new ResultsFileException(file, $"cannot be read: {error.Message}", error);
        }
    }
}
