using System.Globalization;
using System.Text;

namespace Fpe.Data.Files;

/// <summary>
/// Parses the Python literal of a header: a dictionary with the keys <c>descr</c> (a string), <c>fortran_order</c> (True or False) and
/// <c>shape</c> (a tuple of integers), in any order, each exactly once. No other Python syntax is supported.
/// </summary>
/// <param name="file">The path of the file, for messages.</param>
/// <param name="text">The header.</param>
/// <param name="start">The position of the header in the file.</param>
internal sealed class NpyHeaderParser(string file, byte[] text, long start)
{
    private const int MaximumDimensions = 32;

    private int position;

    /// <exception cref="FileCorruptException">The text is not such a dictionary.</exception>
    /// <exception cref="FileUnsupportedException">The numbers are records, or there are too many dimensions.</exception>
    public (string Descr, bool IsFortranOrder, long[] Shape) Parse()
    {
        string? descr = null;
        bool? isFortranOrder = null;
        long[]? shape = null;
        Expect('{');
        while (!TryTake('}'))
        {
            int keyAt = position;
            string key = String();
            Expect(':');
            switch (key)
            {
                case "descr" when descr is null: descr = Descr(); break;
                case "fortran_order" when isFortranOrder is null: isFortranOrder = Boolean(); break;
                case "shape" when shape is null: shape = Tuple(); break;
                default: throw Error(keyAt, $"the key '{Quotation.Of(key)}' is unknown or occurs twice");
            }

            if (Peek() != '}')
                Expect(',');
        }

        SkipSpace();
        if (position < text.Length)
            throw Error(position, "data follows the dictionary");
        if (descr is null || isFortranOrder is null || shape is null)
            throw Error(position, "a header must have the keys 'descr', 'fortran_order' and 'shape'");
        return (descr, isFortranOrder.Value, shape);
    }

    private string Descr()
    {
        if (Peek() == '(')
            throw new FileUnsupportedException(file, FilePlace.Byte(start + position), "its elements are arrays themselves; save them as one array with more dimensions, as with numpy.save(path, numpy.array(x.tolist(), 'float32')).");
        if (Peek() == '[')
            throw new FileUnsupportedException(file, FilePlace.Byte(start + position), "it contains records with several fields; save one field at a time, as with numpy.save(path, x['field']).");
        int at = position;
        string descr = String();
        if (descr.Contains('O', StringComparison.Ordinal))
            throw new FileUnsupportedException(file, FilePlace.Byte(start + at), "it contains Python objects, which could run code when loaded; save numbers, as with numpy.save(path, numpy.asarray(x, 'float32')).");
        return descr;
    }

    private string String()
    {
        char quote = Peek();
        if (quote is not ('\'' or '"'))
            throw Error(position, "a string is expected");
        int end = Array.IndexOf(text, (byte)quote, position + 1);
        ReadOnlySpan<byte> content = end < 0 ? default : text.AsSpan((position + 1)..end);
        if (end < 0 || content.Contains((byte)'\\') || content.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
            throw Error(position, "a string is not closed, or contains special characters");
        position = end + 1;
        return Encoding.ASCII.GetString(content);
    }

    private bool Boolean()
    {
        SkipSpace();
        foreach ((string word, bool value) in new[] { ("True", true), ("False", false) })
        {
            if (text.AsSpan(position).StartsWith(Encoding.ASCII.GetBytes(word)))
            {
                position += word.Length;
                return value;
            }
        }

        throw Error(position, "True or False is expected");
    }

    private long[] Tuple()
    {
        var items = new List<long>();
        Expect('(');
        while (!TryTake(')'))
        {
            if (items.Count == MaximumDimensions)
                throw new FileUnsupportedException(file, FilePlace.Byte(start + position), $"it has more than {MaximumDimensions} dimensions; reshape it to two dimensions.");
            items.Add(Integer());
            // One item without a comma is a number in parentheses, not a tuple.
            if (items.Count == 1 || Peek() != ')')
                Expect(',');
        }

        return [.. items];
    }

    private long Integer()
    {
        int first = position;
        while (position < text.Length && text[position] is >= (byte)'0' and <= (byte)'9')
            position++;
        if (!long.TryParse(text.AsSpan(first..position), NumberStyles.None, CultureInfo.InvariantCulture, out long value))
            throw Error(first, $"a size from 0 to {long.MaxValue} is expected");

        // Python 2 wrote long integers with this suffix.
        if (position < text.Length && text[position] == 'L')
            position++;
        return value;
    }

    private void Expect(char c)
    {
        if (!TryTake(c))
            throw Error(position, $"'{c}' is expected");
    }

    private bool TryTake(char c)
    {
        if (Peek() != c)
            return false;
        position++;
        return true;
    }

    // The next character that is not a space; 0 at the end.
    private char Peek()
    {
        SkipSpace();
        return position < text.Length ? (char)text[position] : '\0';
    }

    private void SkipSpace()
    {
        while (position < text.Length && text[position] is (byte)' ' or (byte)'\n' or (byte)'\t')
            position++;
    }

    private FileCorruptException Error(int at, string problem) =>
        new(file, FilePlace.Byte(start + at), $"{problem} in the header; fetch the file again, or save it with numpy.save.");
}
