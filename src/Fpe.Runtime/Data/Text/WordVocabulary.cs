using System.IO.Compression;
using System.Text;
using Fpe.Data.Files;
using Fpe.Files;
using static System.FormattableString;

namespace Fpe.Data.Text;

/// <summary>Words with a number each, from 0: read from a file, given, or counted in texts.</summary>
public sealed class WordVocabulary
{
    private readonly List<string> words = [];
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

    private WordVocabulary(string name) => Name = name;

    /// <summary>Gets the name for messages; that of the file if it was read from one.</summary>
    public string Name { get; }

    /// <summary>Gets the number of words.</summary>
    public int Count => words.Count;

    /// <summary>Gets the words in the order of their numbers.</summary>
    public IReadOnlyList<string> Words => words;

    /// <summary>The number of characters of the longest word.</summary>
    internal int LongestWord { get; private set; }

    /// <summary>Creates a vocabulary of words.</summary>
    /// <param name="name">The name for messages.</param>
    /// <param name="words">The words, in the order of their numbers: at least one, and none twice.</param>
    /// <exception cref="DatasetException">There are no words or too many, or one is empty, contains white space, or is there twice.</exception>
    public static WordVocabulary Of(string name, IEnumerable<string> words)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(words);
        var vocabulary = new WordVocabulary(name);
        foreach (string word in words)
        {
            if (ProblemOf(word) is { } problem)
                throw new DatasetException(name, Invariant($"word {vocabulary.Count} is '{Quotation.Of(word)}', which {problem}."));
            if (vocabulary.numbers.TryGetValue(word, out int other))
                throw new DatasetException(name, Invariant($"word {vocabulary.Count} is '{Quotation.Of(word)}', as word {other} is; remove one of them."));
            vocabulary.Add(word);
        }

        if (vocabulary.Count == 0)
            throw new DatasetException(name, "it has no words; pass at least one.");
        return vocabulary;
    }

    /// <summary>Reads a file with one word per line, numbered in this order; one whose name ends in <c>.gz</c> is decompressed.</summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <exception cref="DataFileException">
    /// The file cannot be read or is empty, or a line is empty, contains white space, or has the word of another line; the message contains the
    /// file and the line.
    /// </exception>
    public static WordVocabulary Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using ContentStream content = ContentStream.Open(path);
        return Read(path, content);
    }

    /// <summary>
    /// Counts the words of texts. The most frequent word has number 0; words that are equally frequent are in ordinal order.
    /// </summary>
    /// <param name="name">The name for messages.</param>
    /// <param name="texts">The texts; those of the training part.</param>
    /// <param name="minimumCount">How often a word has to occur; at least 1.</param>
    /// <param name="maximumSize">The maximum number of words, of which the most frequent are kept; at least 1.</param>
    /// <param name="rules">How words are found; by default between white space, in lower case.</param>
    /// <exception cref="DatasetException">An argument is out of range, or no word occurs often enough.</exception>
    public static WordVocabulary Counted(
        string name, IEnumerable<string> texts, int minimumCount = 1, int maximumSize = TokenRows.MaximumVocabulary - 1, WordRules? rules = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(texts);
        DatasetException.RequirePositive(name, "the minimum count of a word", minimumCount);
        DatasetException.RequirePositive(name, "the maximum number of words", maximumSize);
        (rules ?? WordRules.Default).Check(name);
        var counter = new WordCounter(rules ?? WordRules.Default);
        foreach (string text in texts)
            counter.Add(text);
        string[] frequent = counter.MostFrequent(minimumCount, maximumSize);
        if (frequent.Length == 0)
            throw new DatasetException(name, Invariant($"no word occurs {minimumCount} times in the texts; use a smaller minimum count, or more texts."));
        return Of(name, frequent);
    }

    /// <summary>Finds a word.</summary>
    /// <param name="word">The word, exactly as it is in the vocabulary.</param>
    /// <param name="number">Its number.</param>
    /// <returns>Whether it is in the vocabulary.</returns>
    public bool TryFind(ReadOnlySpan<char> word, out int number) => numbers.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out number);

    /// <summary>Writes a file that <see cref="Read(string)"/> reads; one whose name ends in <c>.gz</c> is compressed.</summary>
    /// <param name="path">The file; it is replaced as a whole.</param>
    /// <exception cref="FileAccessException">The file cannot be written; an existing file is unchanged.</exception>
    public void Save(string path) => AtomicFile.Write(path, stream =>
    {
        using Stream? compressed = ContentStream.IsCompressed(path) ? new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true) : null;
        using var writer = new StreamWriter(compressed ?? stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        foreach (string word in words)
            writer.Write($"{word}\n");
    });

    /// <inheritdoc cref="Read(string)"/>
    internal static WordVocabulary Read(string name, ContentStream content, int maximumSize = TokenRows.MaximumVocabulary)
    {
        const int LongestLine = 1 << 10;
        using StreamReader reader = Utf8Text.Open(name, content, "a list of words");
        var lines = new TextLines(reader, name, LongestLine, "check whether this is a list with one word per line.");
        var vocabulary = new WordVocabulary(name);
        while (lines.TryRead(out ReadOnlySpan<char> line))
        {
            vocabulary.CheckLine(line, FilePlace.Line(lines.Number), maximumSize);
            vocabulary.Add(line.ToString());
        }

        return vocabulary.Count > 0 ? vocabulary : throw new FileEmptyException(name, default, "it has no words; each line must be one.");
    }

    /// <summary>Checks that every word can be found in some text.</summary>
    /// <exception cref="DatasetException">A word is never found by these rules.</exception>
    internal void CheckCanBeFound(WordRules rules)
    {
        Span<char> buffer = new char[LongestWord];
        for (int i = 0; i < words.Count; i++)
        {
            var spans = new WordSpans(words[i], rules.Division);
            bool isFound = spans.TryNext(out ReadOnlySpan<char> word) && WordText.Normalize(word, rules.LowerCase, buffer).SequenceEqual(words[i]);
            if (!isFound)
                throw new DatasetException(Name, Invariant($"word {i} is '{Quotation.Of(words[i])}', which is never found in {rules.Description}; remove the word, or use other rules."));
        }
    }

    private void CheckLine(ReadOnlySpan<char> line, FilePlace place, int maximumSize)
    {
        if (line.IsEmpty)
            throw new FileCorruptException(Name, place, "the line is empty, but each line must be one word; remove it.");
        if (ProblemOf(line) is { } problem)
            throw new FileUnsupportedException(Name, place, $"it is '{Quotation.Of(line)}', which {problem}.");
        if (TryFind(line, out int other))
            throw new FileCorruptException(Name, place, Invariant($"it is '{Quotation.Of(line)}', as line {other + 1} is; remove one of them."));
        if (Count == maximumSize)
            throw new FileOversizedException(Name, place, Invariant($"there are more than {maximumSize} words, which is the maximum; remove those that are rare."));
    }

    private static string? ProblemOf(ReadOnlySpan<char> word)
    {
        if (word.IsEmpty)
            return "is not a word; remove it";
        foreach (char character in word)
        {
            if (char.IsWhiteSpace(character))
                return "contains white space, which divides words; keep one word of it";
        }

        return null;
    }

    private void Add(string word)
    {
        numbers.Add(word, words.Count);
        words.Add(word);
        LongestWord = Math.Max(LongestWord, word.Length);
    }
}
