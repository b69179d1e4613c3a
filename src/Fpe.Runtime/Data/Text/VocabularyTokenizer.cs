using System.Buffers;

namespace Fpe.Data.Text;

/// <summary>Tokens that are the numbers of words in a vocabulary.</summary>
public sealed class VocabularyTokenizer : ITokenizer
{
    private const int LongestOnStack = 256;

    private readonly WordRules rules;
    private readonly UnknownWords unknown;

    /// <summary>Creates a tokenizer.</summary>
    /// <param name="words">The vocabulary: word i has token i.</param>
    /// <param name="unknown">What becomes of words that are not in it.</param>
    /// <param name="rules">How words are found; by default between white space, in lower case.</param>
    /// <exception cref="DatasetException">
    /// An argument is out of range, a word can never be found by these rules, or there are too many tokens.
    /// </exception>
    public VocabularyTokenizer(WordVocabulary words, UnknownWords unknown = UnknownWords.OwnToken, WordRules? rules = null)
    {
        ArgumentNullException.ThrowIfNull(words);
        Words = words;
        this.unknown = unknown;
        this.rules = rules ?? WordRules.Default;
        this.rules.Check(words.Name);
        if (!Enum.IsDefined(unknown))
            throw new DatasetException(words.Name, FormattableString.Invariant($"{nameof(UnknownWords)} {(int)unknown} is not valid; pass {nameof(UnknownWords.OwnToken)} or {nameof(UnknownWords.LeaveOut)}."));
        Vocabulary = words.Count + (unknown == UnknownWords.OwnToken ? 1 : 0);
        TokenRowsBuilder.CheckVocabulary(words.Name, Vocabulary);
        words.CheckCanBeFound(this.rules);
    }

    /// <summary>Gets the vocabulary.</summary>
    public WordVocabulary Words { get; }

    /// <summary>Gets the number of different tokens: that of the words, and one more if unknown words have a token of their own.</summary>
    public int Vocabulary { get; }

    /// <inheritdoc/>
    public int Tokenize(ReadOnlySpan<char> text, Span<int> tokens)
    {
        char[]? rented = Words.LongestWord > LongestOnStack ? ArrayPool<char>.Shared.Rent(Words.LongestWord) : null;
        Span<char> buffer = rented ?? stackalloc char[LongestOnStack];
        var writer = new TokenWriter(tokens);
        var spans = new WordSpans(text, rules.Division);
        while (spans.TryNext(out ReadOnlySpan<char> word))
        {
            if (TryFind(word, buffer, out int token))
                writer.Add(token);
            else if (unknown == UnknownWords.OwnToken)
                writer.Add(Words.Count);
        }

        if (rented is not null)
            ArrayPool<char>.Shared.Return(rented);
        return writer.Count;
    }

    private bool TryFind(ReadOnlySpan<char> word, Span<char> buffer, out int token)
    {
        token = 0;
        return word.Length <= Words.LongestWord && Words.TryFind(WordText.Normalize(word, rules.LowerCase, buffer), out token);
    }
}
