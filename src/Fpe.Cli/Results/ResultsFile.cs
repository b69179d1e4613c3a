using Fpe.Files;

namespace Fpe.Cli.Results;

/// <summary>
/// The results of all finished runs, one line of JSON per run. Lines are only appended, each is on disk before the next run counts as
/// finished, and only one process at a time writes: it holds a lock on a separate file.
/// </summary>
/// <typeparam name="TResult">The result of a run.</typeparam>
internal sealed class ResultsFile<TResult> : IDisposable
    where TResult : class
{
    private readonly Lock gate = new();
    private readonly string path;
    private readonly IResultFormat<TResult> format;
    private readonly FileStream ownership;
    private readonly FileStream stream;
    private readonly Dictionary<string, TResult> results = new(StringComparer.Ordinal);

    /// <summary>Opens a file for appending, or creates it and its folder.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">The format of the lines.</param>
    /// <param name="warn">Receives one line for each repair.</param>
    /// <exception cref="ResultsFileException">Another process is using the file, it is damaged, or it cannot be read and written.</exception>
    public ResultsFile(string path, IResultFormat<TResult> format, Action<string> warn)
    {
        this.path = path;
        this.format = format;
        ownership = Own(path);
        try
        {
            stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            if (!stream.CanSeek)
                throw new IOException("it is a pipe or a device; name a file.");
            ResultsText<TResult> text = ResultsReader<TResult>.Read(path, format, stream);
            foreach (StoredResult<TResult> line in text.Lines)
                results.Add(line.Key, line.Result);
            Mend(text, warn);
        }
        catch (Exception error) when (IsFileError(error))
        {
            Dispose();
            throw CannotUse(path, error);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The number of results.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return results.Count;
        }
    }

    /// <summary>Returns the result of a run; null if it has not finished.</summary>
    /// <param name="key">The key of the run.</param>
    public TResult? Find(string key)
    {
        lock (gate)
            return results.GetValueOrDefault(key);
    }

    /// <summary>Adds a result; it is on disk when this method returns.</summary>
    /// <exception cref="InvalidOperationException">The file already contains a result of that run.</exception>
    /// <exception cref="ResultsFileException">The file cannot be written; the partially written line is removed.</exception>
    public void Append(TResult result)
    {
        byte[] line = format.Write(result);
        string key = format.KeyOf(result);
        lock (gate)
        {
            if (!results.TryAdd(key, result))
                throw new InvalidOperationException($"{path} has a result of {key}.");
            long end = stream.Length;
            try
            {
                stream.Write(line);
                stream.Flush(flushToDisk: true);
            }
            catch (Exception error) when (IsFileError(error))
            {
                results.Remove(key);
                TakeBack(end);
                throw CannotUse(path, error);
            }
        }
    }

    public void Dispose()
    {
        stream?.Dispose();
        ownership.Dispose();
    }

    // The lock file is never deleted: after deletion, two processes could each lock a file of that name.
    private static FileStream Own(string path)
    {
        string lockPath = ResultsLock.PathOf(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(lockPath)!);
            // A cluster manager may start a worker again before the process before it has ended.
            return FileInUse.WaitFor(
                () => new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None),
                "another process is writing to it; wait for its end, or name another file with --results.");
        }
        catch (Exception error) when (IsFileError(error))
        {
            throw CannotUse(path, error);
        }
    }

    private void Mend(ResultsText<TResult> text, Action<string> warn)
    {
        if (text.Tail == Tail.Torn)
        {
            stream.SetLength(text.TailStart);
            warn($"{path}: line {text.Lines.Count + 1} was cut short when it was written; it is removed, and its run repeated.");
        }

        stream.Seek(0, SeekOrigin.End);
        if (text.Tail == Tail.Unended)
            stream.WriteByte((byte)'\n');
    }

    private void TakeBack(long end)
    {
        try
        {
            stream.SetLength(end);
        }
        catch (IOException)
        {
            // The next start removes the line.
        }
    }

    private static bool IsFileError(Exception error) => error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    private static ResultsFileException CannotUse(string path, Exception error) => new(path, $"cannot be read and written: {error.Message}", error);
}
