using System.Globalization;
using System.Text;

namespace Fpe.Data.Text;

/// <summary>The words of a text, one after the other.</summary>
/// <param name="text">The text.</param>
/// <param name="division">What a word is.</param>
internal ref struct WordSpans(ReadOnlySpan<char> text, WordDivision division)
{
    private ReadOnlySpan<char> rest = text;

    /// <summary>Finds the next word.</summary>
    /// <param name="word">The word as it is in the text; at least one character.</param>
    /// <returns>Whether there was another word.</returns>
    public bool TryNext(out ReadOnlySpan<char> word)
    {
        int start = Find(rest, isInWord: true);
        rest = rest[start..];
        int length = Find(rest, isInWord: false);
        word = rest[..length];
        rest = rest[length..];
        return length > 0;
    }

    /// <summary>Returns the index of the first character that belongs to a word, or that does not.</summary>
    private readonly int Find(ReadOnlySpan<char> from, bool isInWord)
    {
        int at = 0;
        while (at < from.Length)
        {
            int length = 1;
            bool isOfWord = division == WordDivision.WhiteSpace ? !char.IsWhiteSpace(from[at]) : IsLetterOrDigit(from[at..], out length);
            if (isOfWord == isInWord)
                return at;
            at += length;
        }

        return at;
    }

    private static bool IsLetterOrDigit(ReadOnlySpan<char> text, out int length)
    {
        length = 1;
        if (char.IsAscii(text[0]))
            return char.IsAsciiLetterOrDigit(text[0]);
        Rune.DecodeFromUtf16(text, out Rune rune, out length);
        return Rune.GetUnicodeCategory(rune) is <= UnicodeCategory.OtherNumber;
    }
}
