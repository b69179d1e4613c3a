using System.Security.Cryptography;
using System.Text;
using Fpe.Files;

namespace Samples.Paper.Results;

/// <summary>
/// The results of all finished runs, a line of JSON each. Lines are only ever appended, each is on the disk before the next
/// run counts as finished, and one process at a time writes: it holds a lock on a file beside it.
/// </summary>
internal sealed class ResultsFile : IDisposable
{
    private const string LockExtension = ".lock";

    /// <summary>Bytes of the longest name that a file system takes.</summary>
    private const int LongestName = 255;

    private readonly Lock gate = new();
    private readonly string path;
    private readonly FileStream ownership;
    private readonly FileStream stream;
    private readonly Dictionary<RunConfiguration, RunResult> results = [];

    /// <summary>Opens a file to append to, or creates it, with the folder it lies in.</summary>
    /// <param name="path">The file.</param>
    /// <param name="warn">Is told, in a line, what had to be mended.</param>
    /// <exception cref="ResultsFileException">Another process has it, it is damaged, or it cannot be read and written.</exception>
    public ResultsFile(string path, Action<string> warn)
    {
        this.path = path;
        ownership = Own(path);
        try
        {
            stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            if (!stream.CanSeek)
                throw new IOException("it is a pipe or a device; name a file.");
            ResultsText text = ResultsReader.Read(path, stream);
            foreach (RunResult result in text.Results)
                results.Add(result.Configuration, result);
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

    /// <summary>The result of a configuration; null where it has not been run.</summary>
    public RunResult? Find(RunConfiguration configuration)
    {
        lock (gate)
            return results.GetValueOrDefault(configuration);
    }

    /// <summary>Adds a result; when this returns, it is on the disk.</summary>
    /// <exception cref="InvalidOperationException">The file has a result of that configuration.</exception>
    /// <exception cref="ResultsFileException">The file cannot be written; what was written of the line is taken back.</exception>
    public void Append(RunResult result)
    {
        byte[] line = ResultsJson.Write(result);
        lock (gate)
        {
            if (!results.TryAdd(result.Configuration, result))
                throw new InvalidOperationException($"{path} has a result of {result.Configuration}.");
            long end = stream.Length;
            try
            {
                stream.Write(line);
                stream.Flush(flushToDisk: true);
            }
            catch (Exception error) when (IsFileError(error))
            {
                results.Remove(result.Configuration);
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

    /// <summary>
    /// The lock of a results file, whatever link to it the path is. It lies beside the results, so that they can be read at any time.
    /// </summary>
    /// <exception cref="FileAccessException">This is no path, or its links lead in a circle.</exception>
    public static string LockOf(string path)
    {
        string location = FileIdentity.Of(path).Location;
        string name = Path.GetFileName(location) + LockExtension;
        if (Encoding.UTF8.GetByteCount(name) > LongestName)
            name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name))) + LockExtension;
        return Path.Combine(Path.GetDirectoryName(location)!, name);
    }

    // The file of the lock stays: to remove it would leave a moment in which two processes could each lock a file of that name.
    private static FileStream Own(string path)
    {
        string lockPath = LockOf(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(lockPath)!);
            return new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        }
        catch (IOException error) when (File.Exists(lockPath))
        {
            throw new ResultsFileException(path, "another process is writing to it; wait for its end, or name another file with --results.", error);
        }
        catch (Exception error) when (IsFileError(error))
        {
            throw CannotUse(path, error);
        }
    }

    private void Mend(ResultsText text, Action<string> warn)
    {
        if (text.Tail == Tail.Torn)
        {
            stream.SetLength(text.TailStart);
            warn($"{path}: line {text.Results.Count + 1} was cut short when it was written; it is removed, and its run repeated.");
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
            // The next start cuts the line off.
        }
    }

    private static bool IsFileError(Exception error) => error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    private static ResultsFileException CannotUse(string path, Exception error) => new(path, $"cannot be read and written: {error.Message}", error);
}
