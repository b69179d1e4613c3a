using System.Runtime.InteropServices;

namespace Fpe.Data.Text;

/// <summary>How often words occur in the texts that have been added so far.</summary>
internal sealed class WordCounter(WordRules rules)
{
    private readonly Dictionary<string, long> counts = new(StringComparer.Ordinal);
    private char[] buffer = new char[1 << 8];

    public void Add(ReadOnlySpan<char> text)
    {
        Dictionary<string, long>.AlternateLookup<ReadOnlySpan<char>> lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        var spans = new WordSpans(text, rules.Division);
        while (spans.TryNext(out ReadOnlySpan<char> word))
        {
            if (word.Length > buffer.Length)
                buffer = new char[word.Length];
            CollectionsMarshal.GetValueRefOrAddDefault(lookup, WordText.Normalize(word, rules.LowerCase, buffer), out _)++;
        }
    }

    /// <summary>Returns words by falling count; those with the same count in ordinal order.</summary>
    public string[] MostFrequent(int minimumCount, int maximumSize) =>
    [
        .. counts.Where(word => word.Value >= minimumCount)
            .OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal)
            .Take(maximumSize).Select(word => word.Key),
    ];
}
