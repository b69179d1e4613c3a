using System.Text;

namespace Fpe.Data.Files;

/// <summary>Pieces of a file as they may stand in a message: short, and on one line whatever they hold.</summary>
internal static class Quotation
{
    private const int MaximumLength = 40;

    /// <summary>The text without control characters, cut where it is long.</summary>
    public static string Of(ReadOnlySpan<char> text)
    {
        var quoted = new StringBuilder();
        foreach (char c in text[..Math.Min(text.Length, MaximumLength)])
            quoted.Append(char.IsControl(c) || char.IsSurrogate(c) ? '\uFFFD' : c);
        return text.Length > MaximumLength ? quoted.Append('…').ToString() : quoted.ToString();
    }
}
