using System.Text;

namespace Fpe.Data.Text;

/// <summary>Words as they are compared.</summary>
internal static class WordText
{
    /// <summary>Writes a word with its invalid surrogates replaced and, if asked for, in lower case.</summary>
    /// <param name="word">The word.</param>
    /// <param name="lowerCase">Whether letters are replaced with lower-case ones.</param>
    /// <param name="normal">Receives the word; it must have room for as many characters.</param>
    /// <returns>The characters that were written.</returns>
    public static Span<char> Normalize(ReadOnlySpan<char> word, bool lowerCase, Span<char> normal)
    {
        int length = 0;
        foreach (Rune rune in word.EnumerateRunes())
            length += (lowerCase ? Rune.ToLowerInvariant(rune) : rune).EncodeToUtf16(normal[length..]);
        return normal[..length];
    }
}
