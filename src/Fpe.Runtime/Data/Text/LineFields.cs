using Fpe.Data.Files;
using static System.FormattableString;

namespace Fpe.Data.Text;

/// <summary>Divides lines into fields.</summary>
internal sealed class LineFields(string name, FieldSeparator separator)
{
    private const char Quote = '"';

    private readonly List<Range> fields = [];
    private char[] unquoted = [];

    /// <summary>The number of fields of the line that was divided last.</summary>
    public int Count => fields.Count;

    /// <summary>Divides a line.</summary>
    /// <exception cref="DataFileException">A quote is not where it can be.</exception>
    public void Divide(ReadOnlySpan<char> line, FilePlace place)
    {
        fields.Clear();
        for (int start = 0; start <= line.Length;)
        {
            int length = separator == FieldSeparator.Tab ? line[start..].IndexOf('\t') : CommaIn(line[start..], place);
            int end = length < 0 ? line.Length : start + length;
            fields.Add(start..end);
            start = end + 1;
        }
    }

    /// <summary>Returns a field without its quotes; valid until the next one is asked for.</summary>
    public ReadOnlySpan<char> Content(ReadOnlySpan<char> line, int field)
    {
        ReadOnlySpan<char> content = line[fields[field]];
        if (separator == FieldSeparator.Tab || !content.StartsWith(Quote))
            return content;
        content = content[1..^1];
        if (!content.Contains(Quote))
            return content;

        if (unquoted.Length < content.Length)
            unquoted = new char[content.Length];
        int length = 0;
        for (int i = 0; i < content.Length; i++)
        {
            unquoted[length++] = content[i];
            i += content[i] == Quote ? 1 : 0;
        }

        return unquoted.AsSpan(0, length);
    }

    /// <summary>Returns where the first field ends; −1 if it is the last one.</summary>
    private int CommaIn(ReadOnlySpan<char> rest, FilePlace place)
    {
        if (!rest.StartsWith(Quote))
        {
            int comma = rest.IndexOf(',');
            if ((comma < 0 ? rest : rest[..comma]).Contains(Quote))
                throw new FileCorruptException(name, place, Invariant($"field {Count} has a quote, but does not begin with one; put the field in quotes, and write each quote in it twice."));
            return comma;
        }

        int end = 1;
        while (true)
        {
            int quote = rest[end..].IndexOf(Quote);
            if (quote < 0)
                throw new FileUnsupportedException(name, place, Invariant($"the quotes of field {Count} do not end on this line, but line breaks within a field are not supported; replace them with spaces, or close the quotes."));
            end += quote + 1;
            if (end == rest.Length)
                return -1;
            if (rest[end] == ',')
                return end;
            if (rest[end] != Quote)
                throw new FileCorruptException(name, place, Invariant($"field {Count} continues after its quotes; write each quote in it twice."));
            end++;
        }
    }
}
