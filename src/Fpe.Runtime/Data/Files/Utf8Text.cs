using System.Text;
using Fpe.Files;

namespace Fpe.Data.Files;

/// <summary>Texts in UTF-8, or in UTF-16 with a byte order mark.</summary>
public static class Utf8Text
{
    /// <summary>What bytes become that are not valid; no text contains it, and readers of texts report it with its line.</summary>
    public const char Invalid = '\uFFFF';

    private static readonly Encoding Encoding = Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new DecoderReplacementFallback($"{Invalid}"));

    /// <summary>Opens a file; one whose name ends in <c>.gz</c> is decompressed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What it should be, for messages, such as <c>a list of words</c>.</param>
    /// <exception cref="DataFileException">
    /// The file cannot be opened, or is of another kind. Reading throws it as well, if the compression is damaged.
    /// </exception>
    public static StreamReader OpenFile(string path, string expected)
    {
        ContentStream content = ContentStream.Open(path);
        try
        {
            return Open(path, content, expected);
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    /// <summary>Opens a text.</summary>
    /// <param name="file">The path of the file, for messages.</param>
    /// <param name="content">The file, which the result owns.</param>
    /// <param name="expected">What it should be, for messages.</param>
    /// <exception cref="FileUnsupportedException">It is of another kind.</exception>
    internal static StreamReader Open(string file, ContentStream content, string expected) => FileSignature.Of(content.Peek()) is { } kind
        ? throw new FileUnsupportedException(file, FilePlace.Line(1), $"it is not {expected}: {kind.Problem}")
        : Open(content);

    /// <summary>Opens a text.</summary>
    /// <param name="content">The bytes, which the result owns.</param>
    internal static StreamReader Open(Stream content) => new(content, Encoding);
}
