using Fpe.Data.Files;

namespace Fpe.Tables;

/// <summary>Finds out what separates the fields of a CSV file.</summary>
internal static class CsvDelimiter
{
    /// <summary>The number of lines that are examined.</summary>
    private const int Lines = 100;

    private static readonly char[] Candidates = [',', ';', '\t', '|'];

    /// <summary>
    /// Returns the candidate that the first line has, and every other line as often. If there are several, the file decides nothing; if
    /// there are none, it is the most frequent of the first line, and the lines that differ from it are reported as they are read.
    /// </summary>
    /// <exception cref="FileUnsupportedException">Several candidates divide all lines equally.</exception>
    public static char Detect(PeekedText text, string name)
    {
        List<int[]> counts = CountsIn(text.Beginning, text.IsComplete);
        if (counts.Count == 0)
            return Candidates[0];
        int[] regular = [.. Enumerable.Range(0, Candidates.Length).Where(c => counts[0][c] > 0 && counts.TrueForAll(line => line[c] == counts[0][c]))];
        if (regular.Length > 1)
            throw new FileUnsupportedException(name, FilePlace.Line(1), $"its lines can be separated by {string.Join(" or by ", regular.Select(c => Name(Candidates[c])))}; set CsvOptions.Delimiter.");
        return Candidates[regular.Length == 1 ? regular[0] : counts[0].IndexOf(counts[0].Max())];
    }

    /// <summary>Returns the name of a delimiter for messages.</summary>
    public static string Name(char delimiter) => delimiter switch
    {
        ',' => "commas",
        ';' => "semicolons",
        '\t' => "tabs",
        '|' => "vertical bars",
        _ => $"'{delimiter}'",
    };

    // How often each line has each candidate outside quotes. Blank lines are left out, and so is a line of which only the beginning is known.
    private static List<int[]> CountsIn(ReadOnlySpan<char> text, bool isComplete)
    {
        var lines = new List<int[]>();
        var counts = new int[Candidates.Length];
        bool isQuoted = false, isBlank = true;
        foreach (char character in text)
        {
            isQuoted ^= character == '"';
            if (isQuoted || character is not ('\r' or '\n'))
            {
                int candidate = isQuoted ? -1 : Array.IndexOf(Candidates, character);
                if (candidate >= 0)
                    counts[candidate]++;
                isBlank &= candidate < 0 && char.IsWhiteSpace(character);
                continue;
            }

            if (!isBlank)
                lines.Add(counts);
            if (lines.Count == Lines)
                return lines;
            (counts, isBlank) = (new int[Candidates.Length], true);
        }

        if (!isBlank && (isComplete || lines.Count == 0))
            lines.Add(counts);
        return lines;
    }
}
