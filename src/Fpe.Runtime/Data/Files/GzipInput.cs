namespace Fpe.Data.Files;

/// <summary>
/// The input of a gzip decompressor. The runtime's decompressor reads ahead and does not report where a member ended. However, the trailer
/// of a member is known from its content and can be found in the bytes that were read last.
/// </summary>
internal sealed class GzipInput(Stream stream) : ForwardStream
{
    private const int ChunkLength = 1 << 13;

    private readonly BufferedStream stream = new(stream, 2 * ChunkLength);
    private readonly byte[] window = new byte[(2 * ChunkLength) + Trailer];
    private long chunk;
    private long chunkBefore;

    /// <summary>The number of bytes of the checksum and length at the end of a member.</summary>
    public const int Trailer = 8;

    /// <summary>Whether the end of the file was reached.</summary>
    public bool IsAtEnd => stream.Position == stream.Length;

    /// <summary>Reads the next byte; −1 at the end.</summary>
    public override int ReadByte() => stream.ReadByte();

    /// <summary>Marks the start of a member's content.</summary>
    public void StartContent() => chunk = chunkBefore = stream.Position;

    /// <summary>Reads a part of a member's content.</summary>
    public override int Read(Span<byte> buffer)
    {
        long place = stream.Position;
        int count = stream.Read(buffer[..Math.Min(buffer.Length, ChunkLength)]);
        if (count > 0)
            (chunkBefore, chunk) = (chunk, place);
        return count;
    }

    /// <summary>Moves to the end of a member that was read.</summary>
    /// <param name="trailer">The expected trailer.</param>
    /// <returns>Whether the trailer was found; if not, the position is unchanged.</returns>
    public bool TryEndMember(ReadOnlySpan<byte> trailer)
    {
        long place = stream.Position;
        stream.Position = chunkBefore;
        Span<byte> bytes = window.AsSpan(0, (int)(place - chunkBefore) + Trailer);
        int count = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        int at = bytes[..count].IndexOf(trailer);
        stream.Position = at < 0 ? place : chunkBefore + at + Trailer;
        return at >= 0;
    }

    /// <summary>Reads the last bytes of the file, which has at least a header; the position is unchanged.</summary>
    public void ReadEnd(Span<byte> trailer)
    {
        long place = stream.Position;
        stream.Position = stream.Length - trailer.Length;
        stream.ReadExactly(trailer);
        stream.Position = place;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            stream.Dispose();
        base.Dispose(disposing);
    }
}
