using System.Buffers.Binary;
using System.IO.Compression;
using Fpe.Files;

namespace Fpe.Data.Files;

/// <summary>
/// The content of a gzip file (RFC 1952) with one or more members, as written by <c>cat</c> and <c>bgzip</c>, with optional zeros between
/// and after them, as on tapes. The checksum and length of each member are verified.
/// </summary>
/// <param name="file">The path of the file, for messages; they count bytes of the content.</param>
/// <param name="stream">The file, which must be seekable and is owned by this stream.</param>
internal sealed class GzipContent(string file, Stream stream) : ForwardStream
{
    private const byte FirstMagic = 0x1F, SecondMagic = 0x8B, Deflate = 8;
    private const int HasHeaderChecksum = 2, HasExtra = 4, HasName = 8, HasComment = 16, Reserved = 0xE0;

    /// <summary>The number of header bytes after the flags: time, level, system.</summary>
    private const int IgnoredFields = 6;

    /// <summary>Returns whether the available bytes of a file are the beginning of a gzip file.</summary>
    public static bool IsBeginning(ReadOnlySpan<byte> bytes) => bytes[0] == FirstMagic && (bytes.Length == 1 || bytes[1] == SecondMagic);

    private readonly GzipInput input = new(stream);
    private DeflateStream? member;
    private Crc32 headerChecksum;
    private Crc32 checksum;
    private long memberStart;
    private long length;

    public override int Read(Span<byte> buffer)
    {
        while (member is not null || TryStartMember())
        {
            int count = ReadMember(buffer);
            if (count > 0)
                return count;
            EndMember();
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            member?.Dispose();
            input.Dispose();
        }

        base.Dispose(disposing);
    }

    private int ReadMember(Span<byte> buffer)
    {
        try
        {
            int count = member!.Read(buffer);
            checksum.Add(buffer[..count]);
            length += count;
            return count;
        }
        catch (InvalidDataException error)
        {
            throw new FileCorruptException(file, Place, $"the compression is damaged: {error.Message} Fetch the file again.", error);
        }
    }

    private bool TryStartMember()
    {
        int first = input.ReadByte();
        while (first == 0)
            first = input.ReadByte();
        if (first < 0)
            return false;

        headerChecksum = default;
        headerChecksum.Add([(byte)first]);
        if (first != FirstMagic || Next() != SecondMagic)
            throw new FileCorruptException(file, Place, "data that is not compressed follows the compressed content; fetch the file again.");
        ReadHeader();
        input.StartContent();
        member = new DeflateStream(input, CompressionMode.Decompress, leaveOpen: true);
        checksum = default;
        memberStart = length;
        return true;
    }

    private void ReadHeader()
    {
        byte method = Next();
        int flags = Next();
        if (method != Deflate || (flags & Reserved) != 0)
            throw new FileUnsupportedException(file, Place, $"method {method} with flags 0x{flags:X2} is not supported, only method {Deflate} of gzip; compress it with gzip.");
        Skip(IgnoredFields);
        if ((flags & HasExtra) != 0)
            Skip(Next() | (Next() << 8));
        if ((flags & HasName) != 0)
            SkipText();
        if ((flags & HasComment) != 0)
            SkipText();
        int expected = (ushort)headerChecksum.Value;
        if ((flags & HasHeaderChecksum) != 0 && (Next() | (Next() << 8)) != expected)
            throw new FileCorruptException(file, Place, "the checksum of the header is wrong; fetch the file again.");
    }

    private void EndMember()
    {
        member!.Dispose();
        member = null;
        Span<byte> trailer = stackalloc byte[GzipInput.Trailer];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, checksum.Value);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], (uint)(length - memberStart));
        if (input.TryEndMember(trailer))
            return;

        // The runtime treats truncated content as complete.
        Span<byte> end = stackalloc byte[GzipInput.Trailer];
        input.ReadEnd(end);
        if (input.IsAtEnd && !end[4..].SequenceEqual(trailer[4..]))
            throw new FileTruncatedException(file, Place, "the compressed file ends within its content; fetch it again.");
        throw new FileCorruptException(file, Place, $"the checksum of the content is 0x{checksum.Value:X8}, which differs from that in the file; fetch it again.");
    }

    private FilePlace Place => FilePlace.Byte(length);

    private byte Next()
    {
        int next = input.ReadByte();
        if (next < 0)
            throw new FileTruncatedException(file, Place, "the file ends before the compressed content begins; fetch it again.");
        headerChecksum.Add([(byte)next]);
        return (byte)next;
    }

    private void Skip(int count)
    {
        for (int i = 0; i < count; i++)
            Next();
    }

    private void SkipText()
    {
        while (Next() != 0)
        {
        }
    }
}
