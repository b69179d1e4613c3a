using System.IO.Compression;
using Fpe.Files;

namespace Fpe.Data.Files;

/// <summary>
/// The content of a file, read once from the start and decompressed if it is compressed. All errors are reported as
/// <see cref="DataFileException"/>: errors of the operating system, damaged compression, a wrong checksum, and content that is far larger
/// than the file.
/// </summary>
/// <remarks>The checksum is at the end: do not trust the content before <see cref="Read(Span{byte})"/> has returned 0.</remarks>
internal sealed class ContentStream : ForwardStream
{
    /// <summary>Content up to this size, in bytes, is always allowed.</summary>
    private const long HarmlessLength = 1 << 20;

    /// <summary>Beyond that, the maximum number of bytes of content per byte of the file.</summary>
    private const long MaximumRatio = 128;

    private readonly string file;
    private readonly Stream content;
    private readonly Checksum? expected;
    private readonly long maximumLength;
    private ReadOnlyMemory<byte> peeked;
    private Crc32 checksum;
    private long length;

    private ContentStream(string file, Stream content, long maximumLength = long.MaxValue, Checksum? expected = null)
    {
        this.file = file;
        this.content = content;
        this.maximumLength = maximumLength;
        this.expected = expected;
    }

    /// <summary>Returns whether a file is compressed according to its name.</summary>
    public static bool IsCompressed(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>Opens a file; one whose name ends in <c>.gz</c> is decompressed.</summary>
    /// <exception cref="FileMissingException">The file does not exist.</exception>
    /// <exception cref="FileUnreadableException">The file cannot be opened.</exception>
    /// <exception cref="DataFileException">Its name ends in <c>.gz</c>, but it is not a gzip file.</exception>
    public static ContentStream Open(string path)
    {
        if (!IsCompressed(path))
            return new ContentStream(path, DataFile.OpenStream(path));
        FileStream stream = DataFile.OpenWhole(path);
        try
        {
            return Decompress(path, stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Opens the content of a compressed file.</summary>
    /// <param name="file">The path of the file, for messages.</param>
    /// <param name="stream">The file, which must be seekable; the result owns it, if there is one.</param>
    /// <exception cref="DataFileException">It is not a gzip file.</exception>
    public static ContentStream Decompress(string file, Stream stream)
    {
        CheckGzip(file, stream);
        return new ContentStream(file, new GzipContent(file, stream), LongestContent(stream.Length));
    }

    /// <summary>Opens an entry of an archive.</summary>
    /// <param name="name">The path of the archive and the name of the entry, for messages.</param>
    /// <param name="entry">The entry.</param>
    /// <exception cref="InvalidDataException">The archive is damaged, or the entry is compressed with an unknown method.</exception>
    public static ContentStream Open(string name, ZipArchiveEntry entry) =>
        new(name, entry.Open(), LongestContent(entry.CompressedLength), new Checksum(entry.Crc32, (uint)entry.Length));

    /// <summary>
    /// Returns the beginning of the content, with the length of a <see cref="FileSignature"/>, without consuming it. Call it only before
    /// the first read.
    /// </summary>
    public ReadOnlySpan<byte> Peek()
    {
        var beginning = new byte[FileSignature.Length];
        int filled = 0;
        for (int count; filled < beginning.Length && (count = ReadContent(beginning.AsSpan(filled))) > 0;)
            filled += count;
        peeked = beginning.AsMemory(0, filled);
        return peeked.Span;
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;
        int count = ReadContent(buffer);
        if (expected is not null)
            checksum.Add(buffer[..count]);
        length += count;
        if (length > maximumLength)
            throw new FileOversizedException(file, FilePlace.Byte(length), $"it expands to more than {MaximumRatio} times its size; if that is intended, decompress it first and read the plain file.");
        if (count == 0)
            CheckEnd();
        return count;
    }

    /// <summary>Reads the rest. Memory grows with the actual content, regardless of what a header claims.</summary>
    /// <exception cref="FileOversizedException">The content does not fit into one array.</exception>
    public MemoryBytes ReadToEnd()
    {
        const int FirstLength = 1 << 12;
        var bytes = new byte[FirstLength];
        int filled = 0;
        while (true)
        {
            if (filled == bytes.Length)
            {
                if (filled == Array.MaxLength)
                    throw new FileOversizedException(file, FilePlace.Byte(length), $"its content exceeds the {Array.MaxLength} bytes that fit into memory; decompress it first and open the plain file.");
                Array.Resize(ref bytes, (int)Math.Min(2L * filled, Array.MaxLength));
            }

            int count = Read(bytes.AsSpan(filled));
            if (count == 0)
                return new MemoryBytes(file, bytes.AsMemory(0, filled));
            filled += count;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            content.Dispose();
        base.Dispose(disposing);
    }

    private static long LongestContent(long storedLength) => Math.Max(HarmlessLength, MaximumRatio * storedLength);

    private static void CheckGzip(string file, Stream stream)
    {
        Span<byte> beginning = stackalloc byte[FileSignature.Length];
        beginning = beginning[..stream.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false)];
        stream.Position = 0;
        if (beginning.IsEmpty)
            throw new FileEmptyException(file, default, "it has no bytes; fetch it again.");
        if (GzipContent.IsBeginning(beginning))
            return;
        FileSignature? signature = FileSignature.Of(beginning) ?? (FileSignature.IsText(beginning) ? FileSignature.Text : null);
        if (signature is not null)
            throw new FileUnsupportedException(file, FilePlace.Byte(0), $"its name ends in .gz, but {signature.Problem}");
        throw new FileCorruptException(file, FilePlace.Byte(0), "its name ends in .gz, but it does not begin like a gzip file; if it is not compressed, remove .gz from its name; otherwise, fetch it again.");
    }

    private int ReadContent(Span<byte> buffer)
    {
        if (!peeked.IsEmpty)
        {
            int count = Math.Min(peeked.Length, buffer.Length);
            peeked.Span[..count].CopyTo(buffer);
            peeked = peeked[count..];
            return count;
        }

        try
        {
            return content.Read(buffer);
        }
        catch (InvalidDataException error)
        {
            throw new FileCorruptException(file, FilePlace.Byte(length), $"the compression is damaged: {error.Message} Fetch the file again.", error);
        }
        catch (IOException error)
        {
            throw new FileUnreadableException(file, FilePlace.Byte(length), $"it cannot be read: {error.Message}", error);
        }
    }

    private void CheckEnd()
    {
        if (expected is not { } end)
            return;
        if (end.Length != (uint)length)
            throw new FileTruncatedException(file, FilePlace.Byte(length), $"the content ends, but according to the end of the compressed file it has {end.Length} bytes; the file is truncated, or data follows it: fetch it again.");
        if (end.Crc != checksum.Value)
            throw new FileCorruptException(file, FilePlace.Byte(length), $"the checksum of the content is 0x{checksum.Value:X8} instead of 0x{end.Crc:X8}; fetch the file again.");
    }

    /// <summary>The expected length and checksum of the content.</summary>
    /// <param name="Crc">CRC-32 of the content.</param>
    /// <param name="Length">Its length modulo 2³².</param>
    private readonly record struct Checksum(uint Crc, uint Length);
}
