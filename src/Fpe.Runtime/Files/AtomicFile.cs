using System.Globalization;

namespace Fpe.Files;

/// <summary>
/// A file that is written completely or not at all: it is written next to its destination, flushed to the disk and finally renamed, so that
/// the destination is always either the previous file or the new one, even after a power loss. Opening it verifies that it can be written.
/// A replaced file keeps its permissions, and its owner if the process is allowed to set it. Pipes and devices such as <c>/dev/stdout</c>
/// cannot be replaced by renaming and are written directly.
/// </summary>
/// <remarks>
/// Symbolic links are followed to their target, which need not exist. Replacing a file does not wait for readers, except on Windows for
/// those that do not share the file: up to three seconds, as for a pipe without a reader.
/// </remarks>
public sealed class AtomicFile : IDisposable
{
    /// <summary>
    /// The names of files that are not complete yet. They are short, so that they are valid wherever the destination's name is.
    /// </summary>
    internal const string TemporaryNames = "fpe-*.tmp";

    private readonly string path;
    private readonly string destination;
    private readonly string? temporaryPath;
    private readonly FileStream stream;

    /// <summary>Opens a file for writing.</summary>
    /// <param name="path">The destination, which may exist; a symbolic link is followed.</param>
    /// <exception cref="FileAccessException">The file cannot be written; an existing file is unchanged.</exception>
    public AtomicFile(string path)
    {
        this.path = path;
        try
        {
            destination = RealPath.Of(path);
            FileStatus? before = FileStatus.Of(destination);
            if (before is { Kind: FileKind.Folder } || Path.EndsInDirectorySeparator(path))
                throw new IOException("it is a folder; specify a file.");
            if (before is { Kind: FileKind.Pipe or FileKind.Device } || IsAmongDevices(destination))
            {
                stream = OpenInPlace(destination, before);
                return;
            }

            if (before is not null)
                CheckWritable(destination);
            temporaryPath = Path.Combine(Path.GetDirectoryName(destination)!, TemporaryNames.Replace("*", Path.GetRandomFileName(), StringComparison.Ordinal));
            stream = Create(temporaryPath, before);
        }
        catch (Exception error) when (FileAccessException.IsCauseOfOpening(error))
        {
            throw Failure(error);
        }
    }

    /// <summary>Writes a file in one call.</summary>
    /// <param name="path">The destination, which may exist; a symbolic link is followed.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="FileAccessException">The file cannot be written; an existing file is unchanged.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        using var file = new AtomicFile(path);
        file.Commit(write);
    }

    /// <summary>Writes the content and moves the file to its destination.</summary>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="FileAccessException">The file cannot be written; an existing file is unchanged.</exception>
    public void Commit(Action<Stream> write)
    {
        Fill(write);
        Commit();
    }

    /// <summary>
    /// Writes the content, which <see cref="Commit()"/> moves to its destination: of several files that belong together, none is replaced
    /// before all are on the disk. What cannot be replaced, such as a pipe, is written now.
    /// </summary>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="FileAccessException">The file cannot be written; an existing file is unchanged.</exception>
    internal void Fill(Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        try
        {
            if (temporaryPath is null)
            {
                AppendTo(write);
                return;
            }

            write(stream);
            stream.Flush(flushToDisk: true);
            stream.Dispose();
        }
        catch (Exception error) when (FileAccessException.IsCause(error))
        {
            throw Failure(error);
        }
    }

    /// <summary>Moves the file to its destination after <see cref="Fill"/>.</summary>
    /// <exception cref="FileAccessException">The file cannot be replaced; it is unchanged.</exception>
    internal void Commit()
    {
        if (temporaryPath is null)
            return;
        try
        {
            FileInUse.Replace(temporaryPath, destination);
            FolderFlush.Flush(Path.GetDirectoryName(destination)!);
        }
        catch (Exception error) when (FileAccessException.IsCause(error))
        {
            throw Failure(error);
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
            // The folder disappeared after the file was opened, which Commit has reported.
        }
    }

    // The output of the program may be redirected to a file that already contains what the program wrote.
    private void AppendTo(Action<Stream> write)
    {
        if (stream.CanSeek && FileStatus.Of(destination) is { Kind: FileKind.File })
            stream.Seek(0, SeekOrigin.End);
        write(stream);
        stream.Dispose();
    }

    private FileAccessException Failure(Exception error) =>
        FileAccessException.Writing(path, temporaryPath is null ? error : new IOException(error.Message.Replace(temporaryPath, destination, StringComparison.Ordinal), error));

    // Without a buffer, closing the stream after a failure has nothing left to write, and cannot fail again.
    private static FileStream Create(string temporaryPath, FileStatus? before)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.Read | FileShare.Delete, BufferSize = 0 };
        if (before?.Mode is not { } mode || OperatingSystem.IsWindows())
            return new FileStream(temporaryPath, options);

        // Set at creation, because secret content must never be readable, and set again, because the system masks the mode of new files.
        options.UnixCreateMode = mode;
        var stream = new FileStream(temporaryPath, options);
        try
        {
            if (before.Owner is { } owner && owner != FileStatus.Of(temporaryPath)?.Owner)
                _ = Libc.ChangeOwner(temporaryPath, owner.User, owner.Group);
            File.SetUnixFileMode(stream.SafeFileHandle, mode);
        }
        catch (Exception error) when (FileAccessException.IsCause(error))
        {
            // File systems of other operating systems do not support permissions.
        }

        return stream;
    }

    private static FileStream OpenInPlace(string path, FileStatus? before)
    {
        int probe = before is { Kind: FileKind.Pipe } && !OperatingSystem.IsWindows() ? OpenPipe(path) : -1;
        try
        {
            // Pipes and devices exist; a name below /dev that does not would become a file.
            return new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        }
        finally
        {
            if (probe >= 0)
                _ = Libc.Close(probe);
        }
    }

    // Opening a pipe without a reader would block forever. Once it is open, it can be opened again immediately.
    private static int OpenPipe(string path) => Patience.Retry(
        () => Libc.Open(path, Libc.WriteOnly | Libc.NonBlocking) is >= 0 and var descriptor ? descriptor : throw Libc.LastError(),
        error => error is IOException { HResult: Libc.NoReader },
        string.Create(CultureInfo.InvariantCulture, $"no program has opened the pipe for reading within {Patience.Limit} s; start the reader first."));

    private static void CheckWritable(string path)
    {
        if (OperatingSystem.IsWindows() && (File.GetAttributes(path) & FileAttributes.ReadOnly) != 0)
            throw new UnauthorizedAccessException("it is read-only.");
        if (!OperatingSystem.IsWindows() && Libc.Access(path, Libc.Writable) != 0)
            throw Libc.LastError();
    }

    // Files in memory are regular files, although they are below /dev.
    private static bool IsAmongDevices(string path) =>
        (path.StartsWith("/dev/", StringComparison.Ordinal) && !path.StartsWith("/dev/shm/", StringComparison.Ordinal))
        || path.StartsWith("/proc/", StringComparison.Ordinal)
        || path.StartsWith(@"\\.\", StringComparison.Ordinal);
}
