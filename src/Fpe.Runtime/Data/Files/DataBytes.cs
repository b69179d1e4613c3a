using Fpe.Files;

namespace Fpe.Data.Files;

/// <summary>The bytes of a file, readable at any place by several threads at once.</summary>
internal abstract class DataBytes(string file, long length) : IDisposable
{
    /// <summary>Path of the file, for messages.</summary>
    public string File { get; } = file;

    /// <summary>How many there really are.</summary>
    public long Length { get; } = length;

    /// <summary>Opens a file. It stays where it is, and is read when asked; one whose name ends in <c>.gz</c> is decompressed into memory.</summary>
    /// <exception cref="DataFileException">It cannot be opened, or its compression is damaged.</exception>
    public static DataBytes Open(string path)
    {
        if (!ContentStream.IsCompressed(path))
            return new FileBytes(path);
        using ContentStream content = ContentStream.Open(path);
        return content.ReadToEnd();
    }

    /// <summary>Reads bytes.</summary>
    /// <param name="start">The first byte.</param>
    /// <param name="bytes">Receives them; all have to be there.</param>
    /// <exception cref="DataFileException">The file has changed, or cannot be read.</exception>
    public abstract void Read(long start, Span<byte> bytes);

    /// <summary>Closes the file, where it is open.</summary>
    public abstract void Dispose();

    /// <summary>All of them, in memory.</summary>
    /// <exception cref="FileOversizedException">They do not fit into one array.</exception>
    public virtual MemoryBytes ToMemory()
    {
        if (Length > Array.MaxLength)
            throw new FileOversizedException(File, default, $"its {Length} bytes are more than the {Array.MaxLength} that fit into memory at once; open it instead of reading it.");
        var bytes = new byte[Length];
        Read(0, bytes);
        return new MemoryBytes(File, bytes);
    }

    /// <summary>The error of a file that is of another kind, if it is one that can be told by its beginning.</summary>
    /// <param name="expected">What it should be.</param>
    public FileUnsupportedException? OtherKind(string expected)
    {
        Span<byte> beginning = stackalloc byte[FileSignature.Length];
        beginning = beginning[..(int)Math.Min(beginning.Length, Length)];
        Read(0, beginning);
        return FileSignature.Of(beginning) is { } kind ? new FileUnsupportedException(File, FilePlace.Byte(0), $"it is not {expected}: {kind.Problem}") : null;
    }

    /// <summary>Checks that a file holds exactly what its header promises.</summary>
    /// <param name="start">First byte of the content.</param>
    /// <param name="promised">Bytes of content; null for more than can be counted.</param>
    /// <param name="shape">What they are, for the message.</param>
    /// <exception cref="FileTruncatedException">There are fewer.</exception>
    /// <exception cref="FileCorruptException">There are more.</exception>
    public void CheckContent(long start, long? promised, string shape)
    {
        long found = Length - start;
        if (promised is not { } length || length > found)
            throw new FileTruncatedException(File, FilePlace.Byte(Length), $"the file ends after {found} of {(promised is null ? $"more than {long.MaxValue}" : $"{promised}")} bytes for {shape}; fetch it again.");
        if (length < found)
            throw new FileCorruptException(File, FilePlace.Byte(start + length), $"{found - length} bytes follow the {promised} for {shape}; fetch the file again.");
    }
}
