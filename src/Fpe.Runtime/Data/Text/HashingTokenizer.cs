using System.Text;

namespace Fpe.Data.Text;

/// <summary>
/// Tokens that are hashes of n-grams, so that no vocabulary has to be kept: character n-grams, n-grams of words, or both. Different n-grams
/// can share a token. The hash is the same on every machine; docs/data.md states it.
/// </summary>
/// <remarks>
/// Tokens are in the order in which their n-grams end in the text; of those that end at the same place, n-grams of characters come first, and
/// longer ones before shorter ones. A text takes no memory but that of its tokens.
/// </remarks>
public sealed class HashingTokenizer : ITokenizer
{
    // Bytes that UTF-8 never contains.
    private const byte WordBegin = 0xFE, WordEnd = 0xFF, WordSymbol = 0xFD;

    private static readonly GramSizes None = new(1, 0);

    private readonly GramSizes characters;
    private readonly GramSizes words;
    private readonly WordRules rules;
    private readonly bool marksWords;

    /// <summary>Creates a tokenizer.</summary>
    /// <param name="vocabulary">The number of different tokens; from 1 to <see cref="TokenRows.MaximumVocabulary"/>.</param>
    /// <param name="characters">The sizes of character n-grams, such as 3 to 5; null for none.</param>
    /// <param name="words">The sizes of n-grams of words, such as 1 to 2; null for none.</param>
    /// <param name="rules">How words are found; by default between white space, in lower case.</param>
    /// <param name="marksWords">
    /// Whether the beginning and the end of each word are marked and count as characters of its n-grams, as fastText does, so that the
    /// trigrams of <c>cat</c> are <c>‹ca</c>, <c>cat</c> and <c>at›</c>. Otherwise, character n-grams extend over all words of the text, with
    /// one space between each.
    /// </param>
    /// <exception cref="DatasetException">An argument is out of range, or there are no n-grams.</exception>
    public HashingTokenizer(int vocabulary, GramSizes? characters = null, GramSizes? words = null, WordRules? rules = null, bool marksWords = true)
    {
        const string Name = nameof(HashingTokenizer);
        TokenRowsBuilder.CheckVocabulary(Name, vocabulary);
        if (characters is null && words is null)
            throw new DatasetException(Name, "there are no n-grams; pass the sizes of those of characters, of words, or both.");
        characters?.Check(Name, "characters");
        words?.Check(Name, "words");
        (rules ?? WordRules.Default).Check(Name);
        Vocabulary = vocabulary;
        this.characters = characters ?? None;
        this.words = words ?? None;
        this.rules = rules ?? WordRules.Default;
        this.marksWords = marksWords;
    }

    /// <inheritdoc/>
    public int Vocabulary { get; }

    /// <inheritdoc/>
    public int Tokenize(ReadOnlySpan<char> text, Span<int> tokens)
    {
        Span<ulong> hashes = stackalloc ulong[2 * GramSizes.Maximum];
        var characterGrams = new GramHashes(characters, hashes[..characters.To], Vocabulary);
        var wordGrams = new GramHashes(words, hashes.Slice(characters.To, words.To), Vocabulary);
        scoped var writer = new TokenWriter(tokens);
        var spans = new WordSpans(text, rules.Division);
        for (bool isFirst = true; spans.TryNext(out ReadOnlySpan<char> word); isFirst = false)
        {
            wordGrams.Begin();
            wordGrams.Append(WordSymbol);
            BeginWord(isFirst, ref characterGrams, ref writer);
            AddCharacters(word, ref characterGrams, ref wordGrams, ref writer);
            if (marksWords)
                characterGrams.AddMark(WordEnd, ref writer);
            wordGrams.End(ref writer);
        }

        return writer.Count;
    }

    private void BeginWord(bool isFirst, ref GramHashes characterGrams, ref TokenWriter writer)
    {
        if (marksWords)
        {
            characterGrams.Clear();
            characterGrams.AddMark(WordBegin, ref writer);
        }
        else if (!isFirst)
        {
            characterGrams.Add((byte)' ', ref writer);
        }
    }

    private void AddCharacters(ReadOnlySpan<char> word, ref GramHashes characterGrams, ref GramHashes wordGrams, ref TokenWriter writer)
    {
        while (!word.IsEmpty)
        {
            if (char.IsAscii(word[0]))
            {
                byte character = (byte)(rules.LowerCase && char.IsAsciiLetterUpper(word[0]) ? word[0] | 0x20 : word[0]);
                characterGrams.Add(character, ref writer);
                wordGrams.Append(character);
                word = word[1..];
                continue;
            }

            Rune.DecodeFromUtf16(word, out Rune rune, out int length);
            Rune normal = rules.LowerCase ? Rune.ToLowerInvariant(rune) : rune;
            characterGrams.Begin();
            characterGrams.Append(normal);
            characterGrams.End(ref writer);
            wordGrams.Append(normal);
            word = word[length..];
        }
    }
}
