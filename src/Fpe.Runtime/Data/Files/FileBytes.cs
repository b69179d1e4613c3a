using Microsoft.Win32.SafeHandles;

namespace Fpe.Data.Files;

/// <summary>
/// Bytes that are read from their file on demand. They are read by position and not mapped into memory: the operating system caches them
/// anyway, and a file that shrinks while it is in use causes an exception, whereas a mapping would terminate the process.
/// </summary>
internal sealed class FileBytes : DataBytes
{
    // Closed by its finalizer if not disposed, because a data set is not disposable.
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
                    throw new FileTruncatedException(File, FilePlace.Byte(start), $"the file ends, but had {Length} bytes when it was opened; do not change it while it is in use.");
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
