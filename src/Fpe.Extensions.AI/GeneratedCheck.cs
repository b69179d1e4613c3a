using Microsoft.Extensions.AI;
using static System.FormattableString;

namespace Fpe.Extensions.AI;

/// <summary>Checks what a generator returned.</summary>
internal static class GeneratedCheck
{
    /// <summary>Checks that there is an embedding of finite numbers for each text, all of one length.</summary>
    /// <param name="generator">The identity of the generator.</param>
    /// <param name="embeddings">What it returned.</param>
    /// <param name="texts">The texts.</param>
    /// <exception cref="EmbeddingException">There are too few or too many, or one cannot be used.</exception>
    public static void Require(string generator, IReadOnlyList<Embedding<float>?>? embeddings, IReadOnlyList<string> texts)
    {
        if (embeddings?.Count != texts.Count)
            throw new EmbeddingException(generator, $"it returned {embeddings?.Count ?? 0} embeddings for {texts.Count} texts, but must return one for each; fix the generator.");
        int width = embeddings.Count == 0 ? 0 : embeddings[0]?.Vector.Length ?? 0;
        for (int i = 0; i < embeddings.Count; i++)
        {
            ReadOnlySpan<float> vector = embeddings[i] is { } embedding ? embedding.Vector.Span : [];
            if (vector.IsEmpty)
                throw new EmbeddingException(generator, $"its embedding of '{Quoted(texts[i])}' has no values; fix the generator.");
            if (vector.Length != width)
                throw new EmbeddingException(generator, $"its embedding of '{Quoted(texts[i])}' has {vector.Length} values, but that of '{Quoted(texts[0])}' has {width}; fix the generator.");
            for (int v = 0; v < vector.Length; v++)
            {
                if (!float.IsFinite(vector[v]))
                    throw new EmbeddingException(generator, Invariant($"value {v} of its embedding of '{Quoted(texts[i])}' is {vector[v]}; leave the text out, or fix the generator."));
            }
        }
    }

    /// <summary>Returns the beginning of a text, for a message of one line.</summary>
    private static string Quoted(string text)
    {
        const int Most = 40;
        string line = text.ReplaceLineEndings(" ");
        return line.Length <= Most ? line : $"{line[..(char.IsHighSurrogate(line[Most - 1]) ? Most - 1 : Most)]}…";
    }
}
