using Microsoft.Win32.SafeHandles;

namespace Fpe.Data.Files;

/// <summary>
/// Bytes that stay in their file. They are read at their place rather than mapped into memory: the system caches them all the
/// same, and a file that shrinks while it is used is an error, where a mapping would end the process.
/// </summary>
internal sealed class FileBytes : DataBytes
{
    // closed by its finalizer where nobody does before: a data set has no end of its own
    private readonly SafeFileHandle handle;

    /// <exception cref="DataFileException">The file cannot be opened.</exception>
    public FileBytes(string path)
        : this(path, DataFile.OpenHandle(path))
    {
    }

    private FileBytes(string path, SafeFileHandle handle)
        : base(path, RandomAccess.GetLength(handle)) => this.handle = handle;

    public override void Dispose() => handle.Dispose();

    public override void Read(long start, Span<byte> bytes)
    {
        try
        {
            while (!bytes.IsEmpty)
            {
                int count = RandomAccess.Read(handle, bytes, start);
                if (count == 0)
                    throw new FileTruncatedException(File, FilePlace.Byte(start), $"the file ends, but had {Length} bytes when it was opened; leave it alone while it is used.");
                bytes = bytes[count..];
                start += count;
            }
        }
        catch (IOException error)
        {
            throw new FileUnreadableException(File, FilePlace.Byte(start), $"it cannot be read: {error.Message}", error);
        }
    }
}
