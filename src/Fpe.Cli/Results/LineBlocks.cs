using System.Buffers;

namespace Fpe.Cli.Results;

/// <summary>Reads a text in blocks of complete lines; a block is at most what one read returns, unless a line is longer.</summary>
/// <param name="stream">The text, from its current position.</param>
/// <param name="size">The number of bytes to read at once; the buffer grows if a line is longer.</param>
internal sealed class LineBlocks(Stream stream, int size)
{
    /// <summary>The end of a line.</summary>
    public const byte LineEnd = (byte)'\n';

    /// <summary>The byte offset of what follows the last block.</summary>
    public long Position { get; private set; }

    /// <summary>What was read after the last block; at the end of the text, a line without a line break, or nothing.</summary>
    public byte[] Rest { get; private set; } = [];

    /// <summary>Reads a block. Its buffer is to be returned to the shared pool.</summary>
    /// <returns>The block; null if the text has no further line break.</returns>
    /// <exception cref="IOException">The text cannot be read.</exception>
    public LineBlock? Next()
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Math.Max(size, 2 * Rest.Length));
        Rest.CopyTo(buffer, 0);
        int filled = Rest.Length;
        for (int count; (count = stream.Read(buffer, filled, buffer.Length - filled)) > 0; filled += count)
        {
            int end = buffer.AsSpan(filled, count).LastIndexOf(LineEnd);
            if (end >= 0)
                return Cut(buffer, filled + end + 1, filled + count);
            if (filled + count == buffer.Length)
                buffer = Enlarge(buffer);
        }

        Rest = buffer[..filled];
        ArrayPool<byte>.Shared.Return(buffer);
        return null;
    }

    private LineBlock Cut(byte[] buffer, int length, int filled)
    {
        var block = new LineBlock(Position, buffer, length);
        Rest = buffer[length..filled];
        Position += length;
        return block;
    }

    private static byte[] Enlarge(byte[] full)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(checked(2 * full.Length));
        full.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(full);
        return larger;
    }
}
