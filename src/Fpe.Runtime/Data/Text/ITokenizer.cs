namespace Fpe.Data.Text;

/// <summary>Divides texts into tokens, which are numbers. The same text always has the same tokens, on every machine.</summary>
public interface ITokenizer
{
    /// <summary>Gets the number of different tokens: they are 0 to <see cref="Vocabulary"/> − 1.</summary>
    int Vocabulary { get; }

    /// <summary>Writes the tokens of a text. It must allow concurrent calls.</summary>
    /// <param name="text">The text. A surrogate without its other half counts as U+FFFD. Normalisation is left to the caller.</param>
    /// <param name="tokens">Receives the tokens in their order; if there are more than fit, the first ones.</param>
    /// <returns>The number of tokens of the text, which can be larger than the number of those that fit.</returns>
    int Tokenize(ReadOnlySpan<char> text, Span<int> tokens);
}
