using System.Globalization;

namespace Fpe.Data.Files;

/// <summary>
/// Reads the lines of a text one at a time. Memory is bounded by the maximum line length, regardless of how long the lines are.
/// </summary>
/// <param name="reader">The text; a line ends with a line feed, a carriage return, or both.</param>
/// <param name="name">The path of the file, for messages.</param>
/// <param name="longest">The maximum number of characters of a line.</param>
/// <param name="advice">What to do about a longer line, for messages.</param>
internal sealed class TextLines(TextReader reader, string name, int longest, string advice)
{
    private const int FirstLength = 1 << 10;

    private char[] buffer = new char[Math.Min(FirstLength, longest + 1)];
    private int start;
    private int end;
    private bool endsWithReturn;

    /// <summary>The one-based number of the line that was read last.</summary>
    public long Number { get; private set; }

    /// <summary>Reads the next line.</summary>
    /// <param name="line">The line without its line ending; valid until the next line is read.</param>
    /// <returns>Whether there was another line.</returns>
    /// <exception cref="FileUnsupportedException">The line is too long, or the text has another encoding.</exception>
    /// <exception cref="FileCorruptException">The line has a character that no text has.</exception>
    public bool TryRead(out ReadOnlySpan<char> line)
    {
        if (!TryFind(out line))
            return false;
        if (line.IndexOfAny('\0', Utf8Text.Invalid) is >= 0 and var wrong)
            throw OfCharacter(line[wrong], wrong);
        return true;
    }

    private bool TryFind(out ReadOnlySpan<char> line)
    {
        int length;
        for (int searched = 0; (length = FindEnd(searched)) < 0;)
        {
            searched = end - start;
            if (searched > longest)
                throw new FileUnsupportedException(name, FilePlace.Line(Number + 1), string.Create(CultureInfo.InvariantCulture, $"the line is longer than the maximum of {longest} characters; {advice}"));
            if (Fill())
                continue;
            line = buffer.AsSpan(start, searched);
            start = end;
            Number += searched > 0 ? 1 : 0;
            return searched > 0;
        }

        line = buffer.AsSpan(start, length);
        endsWithReturn = buffer[start + length] == '\r';
        start += length + 1;
        Number++;
        return true;
    }

    // UTF-16 is recognised by its byte order mark; without one, every other byte is 0.
    private DataFileException OfCharacter(char character, int index)
    {
        var place = FilePlace.Line(Number);
        if (character != '\0')
            return new FileCorruptException(name, place, string.Create(CultureInfo.InvariantCulture, $"character {index + 1} is not valid UTF-8; save the file as UTF-8, or fetch it again."));
        if (Number == 1 && index < 2)
            return new FileUnsupportedException(name, place, "every other byte is 0, as in UTF-16 text; save it as UTF-8.");
        return new FileCorruptException(name, place, string.Create(CultureInfo.InvariantCulture, $"character {index + 1} is a NUL, which text does not contain; the file is damaged or not a text file: fetch it again."));
    }

    private int FindEnd(int searched)
    {
        // The second character of a two-character line ending may arrive later than the first.
        if (endsWithReturn && start < end)
        {
            endsWithReturn = false;
            start += buffer[start] == '\n' ? 1 : 0;
        }

        int length = buffer.AsSpan((start + searched)..end).IndexOfAny('\n', '\r');
        return length < 0 ? -1 : searched + length;
    }

    private bool Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start..end).CopyTo(buffer);
            (start, end) = (0, end - start);
        }

        if (end == buffer.Length)
            Array.Resize(ref buffer, (int)Math.Min(2L * buffer.Length, longest + 1L));
        int count = reader.Read(buffer, end, buffer.Length - end);
        end += count;
        return count > 0;
    }
}
