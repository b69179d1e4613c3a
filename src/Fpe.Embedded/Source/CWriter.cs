using System.Text;

namespace Fpe.Embedded.Source;

/// <summary>Text in lines, with blocks in braces.</summary>
internal sealed class CWriter
{
    private const int Indent = 4;
    private readonly StringBuilder text = new();
    private int depth;

    /// <summary>Writes a line at the current depth; an empty one without spaces.</summary>
    public CWriter Line(string line = "")
    {
        if (line.Length > 0)
            text.Append(' ', depth * Indent).Append(line);
        text.Append('\n');
        return this;
    }

    /// <summary>Writes several lines.</summary>
    public CWriter Lines(params ReadOnlySpan<string> lines)
    {
        foreach (string line in lines)
            Line(line);
        return this;
    }

    /// <summary>Writes a function: its head, and its body in braces that have lines of their own.</summary>
    public CWriter Function(string head, Action body) => Line(head).Line("{").Indented(body).Line("}");

    /// <summary>Writes a loop or a condition with braces around its body.</summary>
    public CWriter Block(string head, Action body) => Line(head + " {").Indented(body).Line("}");

    /// <summary>Writes a loop or a condition with a body of one statement, without braces.</summary>
    public CWriter Single(string head, string statement) => Line(head).Indented(() => Line(statement));

    /// <summary>Writes a comment, broken into lines.</summary>
    public CWriter Comment(string comment)
    {
        const int Width = 96;
        var line = new StringBuilder();
        var lines = new List<string>();
        foreach (string word in InComment(comment).Split(' '))
        {
            if (line.Length > 0 && line.Length + word.Length + 1 > Width)
            {
                lines.Add(line.ToString());
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        lines.Add(line.ToString());
        if (lines.Count == 1)
            return Line($"/* {lines[0]} */");
        Line("/*");
        foreach (string each in lines)
            Line($" * {each}");
        return Line(" */");
    }

    /// <summary>Returns a text as a comment can hold it: without line breaks, the marks that begin and end comments, and trigraphs.</summary>
    public static string InComment(string comment)
    {
        var safe = new StringBuilder();
        char before = ' ';
        foreach (char letter in comment)
        {
            if ((before, letter) is ('*', '/') or ('/', '*') or ('?', '?'))
                safe.Append(' ');
            before = char.IsControl(letter) ? ' ' : letter;
            safe.Append(before);
        }

        return safe.ToString();
    }

    /// <inheritdoc/>
    public override string ToString() => text.ToString();

    private CWriter Indented(Action body)
    {
        depth++;
        body();
        depth--;
        return this;
    }
}
