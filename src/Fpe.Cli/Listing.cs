namespace Fpe.Cli;

/// <summary>Formats lists of words.</summary>
internal static class Listing
{
    /// <summary>Returns <c>a</c>, <c>a or b</c>, or <c>a, b or c</c>.</summary>
    public static string Or(IReadOnlyList<string> words) =>
        words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.SkipLast(1))} or {words[^1]}";
}
