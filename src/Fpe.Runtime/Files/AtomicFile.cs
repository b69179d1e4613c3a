namespace Fpe.Files;

/// <summary>
/// A file that appears as a whole or not at all: it is written beside its destination, flushed to the disk and renamed at the
/// end, so that whatever happens in between, power loss included, the destination is the file from before or the new one.
/// Opening it proves that it can be written. A device such as <c>/dev/stdout</c> cannot be renamed over and is written directly.
/// </summary>
public sealed class AtomicFile : IDisposable
{
    /// <summary>How the names of files end that are not complete yet.</summary>
    internal const string TemporaryExtension = ".tmp";

    private readonly string path;
    private readonly string? temporaryPath;
    private readonly FileStream stream;

    /// <summary>Opens a file for writing.</summary>
    /// <param name="path">The destination, which may exist; a symbolic link is followed.</param>
    /// <exception cref="FileAccessException">The file cannot be written; what was there before is unchanged.</exception>
    public AtomicFile(string path)
    {
        this.path = path;
        try
        {
            if (IsDevice(Path.GetFullPath(path)))
            {
                stream = File.OpenWrite(path);
                return;
            }

            if (Path.Exists(path))
            {
                this.path = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
                File.Open(this.path, FileMode.Open, FileAccess.Write).Dispose();
            }

            temporaryPath = $"{this.path}.{Path.GetRandomFileName()}{TemporaryExtension}";

            // Without a buffer nothing is left to be written, and to fail once more, when the stream is closed after a failure.
            stream = new FileStream(temporaryPath, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        }
        catch (Exception error) when (FileAccessException.IsCauseOfOpening(error))
        {
            throw FileAccessException.Writing(path, error);
        }
    }

    /// <summary>Writes a file in one go.</summary>
    /// <param name="path">The destination, which may exist; a symbolic link is followed.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="FileAccessException">The file cannot be written; what was there before is unchanged.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        using var file = new AtomicFile(path);
        file.Commit(write);
    }

    /// <summary>Writes the content and puts the file into its place.</summary>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="FileAccessException">The file cannot be written; what was there before is unchanged.</exception>
    public void Commit(Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        try
        {
            write(stream);
            if (temporaryPath is not null)
                stream.Flush(flushToDisk: true);
            stream.Dispose();
            if (temporaryPath is not null)
            {
                File.Move(temporaryPath, path, overwrite: true);
                FolderFlush.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
            }
        }
        catch (Exception error) when (FileAccessException.IsCause(error))
        {
            throw FileAccessException.Writing(path, error);
        }
    }

    /// <summary>Discards the content, unless it was committed.</summary>
    public void Dispose()
    {
        stream.Dispose();
        try
        {
            if (temporaryPath is not null)
                File.Delete(temporaryPath);
        }
        catch (Exception error) when (FileAccessException.IsCause(error))
        {
            // The folder was lost after the file was opened, which Commit has reported.
        }
    }

    // Files in memory, though they lie among the devices, are files.
    private static bool IsDevice(string path) =>
        path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal);
}
