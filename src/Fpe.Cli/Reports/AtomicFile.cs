namespace Fpe.Cli.Reports;

/// <summary>
/// A file that appears as a whole or not at all: it is written beside its destination and renamed at the end. Opening it
/// proves that it can be written. A device such as <c>/dev/stdout</c> cannot be renamed over and is written directly.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    private readonly string path;
    private readonly string? temporaryPath;
    private readonly FileStream stream;

    /// <summary>Opens a file for writing.</summary>
    /// <param name="path">The destination, which may exist; a symbolic link is followed.</param>
    /// <exception cref="StudyException">The file cannot be written.</exception>
    public AtomicFile(string path)
    {
        this.path = path;
        try
        {
            if (Path.GetFullPath(path).StartsWith("/dev/", StringComparison.Ordinal))
            {
                stream = File.OpenWrite(path);
                return;
            }

            if (Path.Exists(path))
            {
                this.path = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
                File.Open(this.path, FileMode.Open, FileAccess.Write).Dispose();
            }

            temporaryPath = $"{this.path}.{Path.GetRandomFileName()}.tmp";
            stream = new FileStream(temporaryPath, FileMode.CreateNew);
        }
        catch (Exception error) when (IsFileError(error))
        {
            throw CannotWrite(error);
        }
    }

    /// <summary>Writes the content and puts the file into its place.</summary>
    /// <exception cref="StudyException">The file cannot be written.</exception>
    public void Commit(Action<Stream> write)
    {
        try
        {
            write(stream);
            stream.Dispose();
            if (temporaryPath is not null)
                File.Move(temporaryPath, path, overwrite: true);
        }
        catch (Exception error) when (IsFileError(error))
        {
            throw CannotWrite(error);
        }
    }

    /// <summary>Discards the content, unless it was committed.</summary>
    public void Dispose()
    {
        stream.Dispose();
        if (temporaryPath is not null)
            File.Delete(temporaryPath);
    }

    private static bool IsFileError(Exception error) => error is IOException or UnauthorizedAccessException or ArgumentException;

    private StudyException CannotWrite(Exception error) => new($"{path} cannot be written: {error.Message}", error);
}
