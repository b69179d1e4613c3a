using Fpe.Files;

namespace Fpe.Data.Files;

/// <summary>The bytes of a file, which several threads can read concurrently at any position.</summary>
internal abstract class DataBytes(string file, long length) : IDisposable
{
    /// <summary>The path of the file, for messages.</summary>
    public string File { get; } = file;

    /// <summary>The actual number of bytes.</summary>
    public long Length { get; } = length;

    /// <summary>Opens a file. It is read on demand; a file whose name ends in <c>.gz</c> is decompressed into memory.</summary>
    /// <exception cref="DataFileException">The file cannot be opened, or its compression is damaged.</exception>
    public static DataBytes Open(string path)
    {
        if (!ContentStream.IsCompressed(path))
            return new FileBytes(path);
        using ContentStream content = ContentStream.Open(path);
        return content.ReadToEnd();
    }

    /// <summary>Reads bytes.</summary>
    /// <param name="start">The first byte.</param>
    /// <param name="bytes">Receives the bytes, all of which must exist.</param>
    /// <exception cref="DataFileException">The file has changed, or cannot be read.</exception>
    public abstract void Read(long start, Span<byte> bytes);

    /// <summary>Closes the file if it is open.</summary>
    public abstract void Dispose();

    /// <summary>Returns all bytes in memory.</summary>
    /// <exception cref="FileOversizedException">The bytes do not fit into one array.</exception>
    public virtual MemoryBytes ToMemory()
    {
        if (Length > Array.MaxLength)
            throw new FileOversizedException(File, default, $"its {Length} bytes exceed the {Array.MaxLength} that fit into memory; open it instead of reading it.");
        var bytes = new byte[Length];
        Read(0, bytes);
        return new MemoryBytes(File, bytes);
    }

    /// <summary>
    /// Returns the exception for a file of another kind, if its kind can be recognised by its beginning; otherwise, null.
    /// </summary>
    /// <param name="expected">The expected kind.</param>
    public FileUnsupportedException? OtherKind(string expected)
    {
        Span<byte> beginning = stackalloc byte[FileSignature.Length];
        beginning = beginning[..(int)Math.Min(beginning.Length, Length)];
        Read(0, beginning);
        return FileSignature.Of(beginning) is { } kind ? new FileUnsupportedException(File, FilePlace.Byte(0), $"it is not {expected}: {kind.Problem}") : null;
    }

    /// <summary>Checks that the length of a file matches its header.</summary>
    /// <param name="start">The first byte of the content.</param>
    /// <param name="promised">The number of bytes according to the header; null if it exceeds 64 bits.</param>
    /// <param name="shape">A description of the content, for the message.</param>
    /// <exception cref="FileTruncatedException">The file has fewer bytes.</exception>
    /// <exception cref="FileCorruptException">The file has more bytes.</exception>
    public void CheckContent(long start, long? promised, string shape)
    {
        long found = Length - start;
        if (promised is not { } length || length > found)
            throw new FileTruncatedException(File, FilePlace.Byte(Length), $"the file ends after {found} of {(promised is null ? $"more than {long.MaxValue}" : $"{promised}")} bytes for {shape}; fetch it again.");
        if (length < found)
            throw new FileCorruptException(File, FilePlace.Byte(start + length), $"{found - length} bytes follow the {promised} for {shape}; fetch the file again.");
    }
}
