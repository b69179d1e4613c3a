namespace Fpe.Data.Text;

/// <summary>The tokens of one text, or of many.</summary>
public static class TokenizerExtensions
{
    /// <summary>Returns the tokens of a text.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="text">The text.</param>
    public static int[] Tokenize(this ITokenizer tokenizer, ReadOnlySpan<char> text)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return new TextTokens(tokenizer, Array.MaxLength).Read(text, out _).ToArray();
    }

    /// <summary>Returns the tokens of texts as samples.</summary>
    /// <param name="tokenizer">The tokenizer.</param>
    /// <param name="name">The name for messages.</param>
    /// <param name="places">The maximum number of tokens per text; at least 1.</param>
    /// <param name="texts">The texts; each has at least one token.</param>
    /// <param name="tooLong">What is done with a text that has more tokens than there are places.</param>
    /// <exception cref="DatasetException">An argument is out of range, or a text has no tokens or too many.</exception>
    public static TokenRows ToRows(this ITokenizer tokenizer, string name, int places, IReadOnlyList<string> texts, TooLong tooLong = TooLong.Refuse)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        ArgumentNullException.ThrowIfNull(texts);
        var rows = new TokenRowsBuilder(name, places, tokenizer.Vocabulary, tooLong);
        var tokens = new TextTokens(tokenizer, places);
        foreach (string text in texts)
            rows.Add(tokens.Read(text, out int total), total);
        return rows.ToRows();
    }
}
