namespace Fpe.Data.Files;

/// <summary>
/// A gzip file as its decompressor reads it. The runtime's reads ahead and does not say where a member ended; but what a member
/// ends with is known from its content, and is found among the bytes that were read last.
/// </summary>
internal sealed class GzipInput(Stream stream) : ForwardStream
{
    private const int ChunkLength = 1 << 13;

    private readonly BufferedStream stream = new(stream, 2 * ChunkLength);
    private readonly byte[] window = new byte[(2 * ChunkLength) + Trailer];
    private long chunk;
    private long chunkBefore;

    /// <summary>Bytes of checksum and length at the end of a member.</summary>
    public const int Trailer = 8;

    /// <summary>Whether all of the file was read.</summary>
    public bool IsAtEnd => stream.Position == stream.Length;

    /// <summary>The next byte; −1 at the end.</summary>
    public override int ReadByte() => stream.ReadByte();

    /// <summary>Says that a member's content begins here.</summary>
    public void StartContent() => chunk = chunkBefore = stream.Position;

    /// <summary>Reads a piece of a member's content.</summary>
    public override int Read(Span<byte> buffer)
    {
        long place = stream.Position;
        int count = stream.Read(buffer[..Math.Min(buffer.Length, ChunkLength)]);
        if (count > 0)
            (chunkBefore, chunk) = (chunk, place);
        return count;
    }

    /// <summary>Goes to behind a member that was read.</summary>
    /// <param name="trailer">What it ends with.</param>
    /// <returns>Whether it does end so; if not, the place stays.</returns>
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

    /// <summary>The last bytes of the file, which has a header at least; the place stays.</summary>
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
