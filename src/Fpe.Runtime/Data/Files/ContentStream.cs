using System.Buffers.Binary;
using System.IO.Compression;

namespace Fpe.Data.Files;

/// <summary>
/// The content of a file, read once from its start; decompressed where it is compressed. Whatever goes wrong is a
/// <see cref="DataFileException"/>: what the system refuses, damaged compression, a checksum that does not fit, and content out
/// of all proportion to the file.
/// </summary>
/// <remarks>The checksum stands at the end: content is to be trusted only once <see cref="Read(Span{byte})"/> has returned 0.</remarks>
internal sealed class ContentStream : Stream
{
    /// <summary>Content up to this size is never out of proportion, in bytes.</summary>
    private const long HarmlessLength = 1 << 20;

    /// <summary>The most bytes of content for a byte of the file, beyond that.</summary>
    private const long MaximumRatio = 128;

    private const int GzipTrailer = 8;

    private readonly string file;
    private readonly Stream content;
    private readonly Checksum? expected;
    private readonly long maximumLength;
    private Crc32 checksum;
    private long length;

    private ContentStream(string file, Stream content, long storedLength, Checksum? expected)
    {
        this.file = file;
        this.content = content;
        this.expected = expected;
        maximumLength = expected is null ? long.MaxValue : Math.Max(HarmlessLength, MaximumRatio * storedLength);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => length;
        set => throw new NotSupportedException();
    }

    /// <summary>Whether the name of a file says that it is compressed.</summary>
    public static bool IsCompressed(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    /// <summary>Opens a file; one whose name ends in <c>.gz</c> is decompressed.</summary>
    /// <exception cref="FileMissingException">It is not there.</exception>
    /// <exception cref="FileUnreadableException">It cannot be opened.</exception>
    /// <exception cref="FileTruncatedException">It is compressed and too short to be so.</exception>
    public static ContentStream Open(string path)
    {
        if (!IsCompressed(path))
            return new ContentStream(path, DataFile.OpenStream(path), storedLength: 0, expected: null);
        FileStream stream = DataFile.OpenWhole(path);
        try
        {
            return Decompress(path, stream, stream.Length);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Opens the content of a compressed file.</summary>
    /// <param name="file">Its path, for messages.</param>
    /// <param name="stream">The file, which can be read from any place; belongs to the result if there is one.</param>
    /// <param name="length">Length of the file.</param>
    /// <exception cref="FileTruncatedException">It is too short.</exception>
    public static ContentStream Decompress(string file, Stream stream, long length)
    {
        Checksum trailer = ReadTrailer(file, stream, length);
        return new ContentStream(file, new GZipStream(stream, CompressionMode.Decompress), length, trailer);
    }

    /// <summary>Opens an entry of an archive.</summary>
    /// <param name="name">Path of the archive and name of the entry, for messages.</param>
    /// <param name="entry">The entry.</param>
    /// <exception cref="FileCorruptException">The archive is damaged.</exception>
    public static ContentStream Open(string name, ZipArchiveEntry entry)
    {
        try
        {
            return new ContentStream(name, entry.Open(), entry.CompressedLength, new Checksum(entry.Crc32, (uint)entry.Length));
        }
        catch (Exception error) when (error is InvalidDataException or IOException or NotSupportedException)
        {
            throw new FileCorruptException(name, default, $"the archive is damaged: {error.Message} Fetch it again.", error);
        }
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
            throw new FileOversizedException(file, FilePlace.Byte(length), $"it expands to more than {MaximumRatio} times its size; if that is meant, decompress it first and read the plain file.");
        if (count == 0)
            CheckEnd();
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Reads what is left. Memory grows with what really comes, whatever a header may claim.</summary>
    /// <exception cref="FileOversizedException">It does not fit into one array.</exception>
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
                    throw new FileOversizedException(file, FilePlace.Byte(length), $"its content is larger than the {Array.MaxLength} bytes that fit; decompress it first and open the plain file.");
                Array.Resize(ref bytes, (int)Math.Min(2L * filled, Array.MaxLength));
            }

            int count = Read(bytes.AsSpan(filled));
            if (count == 0)
                return new MemoryBytes(file, bytes.AsMemory(0, filled));
            filled += count;
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            content.Dispose();
        base.Dispose(disposing);
    }

    // The runtime ignores a missing trailer, and takes a file that is cut short for one that ends.
    private static Checksum ReadTrailer(string file, Stream stream, long length)
    {
        if (length == 0)
            throw new FileEmptyException(file, default, "it has no bytes; fetch it again.");
        if (length < GzipTrailer)
            throw new FileTruncatedException(file, FilePlace.Byte(length), "the file ends before any compressed content can; fetch it again.");
        Span<byte> trailer = stackalloc byte[GzipTrailer];
        stream.Position = length - GzipTrailer;
        stream.ReadExactly(trailer);
        stream.Position = 0;
        return new Checksum(BinaryPrimitives.ReadUInt32LittleEndian(trailer), BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]));
    }

    private int ReadContent(Span<byte> buffer)
    {
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
            throw new FileTruncatedException(file, FilePlace.Byte(length), $"the content ends, but the end of the compressed file says that it has {end.Length} bytes; the file is cut short, or something follows it: fetch it again.");
        if (end.Crc != checksum.Value)
            throw new FileCorruptException(file, FilePlace.Byte(length), $"the checksum of the content is 0x{checksum.Value:X8} instead of 0x{end.Crc:X8}; fetch the file again.");
    }

    /// <summary>What has to come out.</summary>
    /// <param name="Crc">CRC-32 of the content.</param>
    /// <param name="Length">Its length modulo 2³².</param>
    private readonly record struct Checksum(uint Crc, uint Length);
}
