using System.Text;

namespace Fpe.Data.Files;

/// <summary>Excerpts of a file for messages: short and on one line, regardless of their content.</summary>
public static class Quotation
{
    private const int MaximumLength = 40;

    /// <summary>Returns the text without control characters, truncated if it is long.</summary>
    /// <param name="text">A part of the file.</param>
    public static string Of(ReadOnlySpan<char> text)
    {
        var quoted = new StringBuilder();
        foreach (char c in text[..Math.Min(text.Length, MaximumLength)])
            quoted.Append(char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c);
        return text.Length > MaximumLength ? quoted.Append('…').ToString() : quoted.ToString();
    }
}
