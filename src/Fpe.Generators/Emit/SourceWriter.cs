using System;
using System.Text;

namespace Fpe.Generators.Emit;

/// <summary>Writes indented lines that end with \n on every platform.</summary>
internal sealed class SourceWriter
{
    private const int IndentSize = 4;
    private readonly StringBuilder text = new();
    private int depth;

    /// <summary>Writes an empty line.</summary>
    public void Line() => text.Append('\n');

    /// <summary>Writes one or several lines, each at the current depth.</summary>
    public void Line(string lines)
    {
        foreach (string line in lines.Replace("\r", string.Empty).Split('\n'))
        {
            if (line.Length > 0)
                text.Append(' ', depth * IndentSize).Append(line);
            text.Append('\n');
        }
    }

    /// <summary>Writes a summary as documentation; the text may contain XML.</summary>
    public void Summary(string summary) => Line($"/// <summary>{summary}</summary>");

    /// <summary>Opens a block and increases the indentation.</summary>
    public void Open(string brace = "{")
    {
        Line(brace);
        Indent();
    }

    /// <summary>Decreases the indentation and closes the block.</summary>
    public void Close(string brace = "}")
    {
        Unindent();
        Line(brace);
    }

    public void Indent() => depth++;

    public void Unindent()
    {
        if (depth == 0)
            throw new InvalidOperationException("No block is open.");
        depth--;
    }

    public override string ToString() => text.ToString();
}
