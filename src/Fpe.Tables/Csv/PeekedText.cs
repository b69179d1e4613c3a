namespace Fpe.Tables;

/// <summary>A text whose beginning is known before it is read.</summary>
internal sealed class PeekedText : TextReader
{
    private const int PeekedLength = 1 << 14;

    private readonly TextReader rest;
    private readonly char[] beginning = new char[PeekedLength];
    private readonly int length;
    private int position;

    /// <param name="text">The text, which stays open.</param>
    public PeekedText(TextReader text)
    {
        rest = text;
        length = text.ReadBlock(beginning, 0, PeekedLength);
    }

    /// <summary>The beginning.</summary>
    public ReadOnlySpan<char> Beginning => beginning.AsSpan(0, length);

    /// <summary>Whether the beginning is all of it.</summary>
    public bool IsComplete => length < PeekedLength;

    public override int Peek() => position < length ? beginning[position] : rest.Peek();

    public override int Read() => position < length ? beginning[position++] : rest.Read();

    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    public override int Read(Span<char> buffer)
    {
        if (position == length)
            return rest.Read(buffer);
        int count = Math.Min(buffer.Length, length - position);
        beginning.AsSpan(position, count).CopyTo(buffer);
        position += count;
        return count;
    }
}
