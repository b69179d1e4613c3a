using System.Text;

namespace Fpe.Data.Files;

/// <summary>Texts in UTF-8, or in UTF-16 with a byte order mark.</summary>
internal static class Utf8Text
{
    /// <summary>What bytes become that are not valid; no text contains it, and <see cref="TextLines"/> reports it with its line.</summary>
    public const char Invalid = '\uFFFF';

    private static readonly Encoding Encoding = Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new DecoderReplacementFallback($"{Invalid}"));

    /// <summary>Opens a text.</summary>
    /// <param name="content">The bytes, which the result owns.</param>
    public static StreamReader Open(Stream content) => new(content, Encoding);
}
