using Fpe.Data.Files;

namespace Fpe.Data.Text;

/// <summary>
/// Reads texts with classes from lines whose fields are separated by tabs or commas: one line per sample. A line can have at most 1,048,576
/// characters; empty lines are skipped.
/// </summary>
public static class TextClasses
{
    private const int LongestLine = 1 << 20;

    /// <summary>Reads a file; one whose name ends in <c>.gz</c> is decompressed.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="options">What is in its lines, and how texts become tokens.</param>
    /// <exception cref="DatasetException">An option is out of range.</exception>
    /// <exception cref="DataFileException">The file cannot be read, is empty, or a line is invalid; the message contains the file and the line.</exception>
    public static ClassifiedTexts Read(string path, TextOptions options)
    {
        CheckArguments(path, options);
        using StreamReader reader = Utf8Text.OpenFile(path, "a text with a sample per line");
        return Read(reader, path, options);
    }

    /// <summary>Reads text.</summary>
    /// <param name="reader">The text.</param>
    /// <param name="name">The name of the data set, for messages.</param>
    /// <param name="options">What is in its lines, and how texts become tokens.</param>
    /// <exception cref="DatasetException">An option is out of range.</exception>
    /// <exception cref="DataFileException">The text is empty or a line is invalid; the message contains the line.</exception>
    public static ClassifiedTexts Read(TextReader reader, string name, TextOptions options)
    {
        ArgumentNullException.ThrowIfNull(reader);
        CheckArguments(name, options);
        var samples = new ClassifiedLines(name, options);
        var lines = new TextLines(reader, name, LongestLine, "check whether this is a file with a sample per line.");
        while (lines.TryRead(out ReadOnlySpan<char> line))
            samples.Add(line, lines.Number);
        return samples.ToTexts();
    }

    private static void CheckArguments(string name, TextOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(options);
        options.Check(name);
    }
}
