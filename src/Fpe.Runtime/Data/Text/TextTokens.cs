namespace Fpe.Data.Text;

/// <summary>Reads the tokens of one text after the other into the same memory.</summary>
/// <param name="tokenizer">The tokenizer.</param>
/// <param name="maximum">The maximum number of tokens to keep.</param>
internal sealed class TextTokens(ITokenizer tokenizer, int maximum)
{
    private const int FirstLength = 1 << 8;

    private int[] buffer = new int[Math.Min(FirstLength, maximum)];

    /// <summary>Returns the first tokens of a text, as many as are kept; valid until the next text is read.</summary>
    /// <param name="text">The text.</param>
    /// <param name="total">The number of tokens of the text.</param>
    public ReadOnlySpan<int> Read(ReadOnlySpan<char> text, out int total)
    {
        total = tokenizer.Tokenize(text, buffer);
        if (total > buffer.Length && buffer.Length < maximum)
        {
            buffer = new int[Math.Min(total, maximum)];
            total = tokenizer.Tokenize(text, buffer);
        }

        return buffer.AsSpan(0, Math.Min(total, buffer.Length));
    }
}
