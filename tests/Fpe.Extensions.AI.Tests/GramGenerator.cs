using Microsoft.Extensions.AI;

namespace Fpe.Extensions.AI.Tests;

/// <summary>Embeds texts as counts of hashed character trigrams, scaled to length 1: a real generator, deterministic and small.</summary>
/// <param name="width">The number of values.</param>
/// <param name="model">The name of the model; null for none.</param>
internal sealed class GramGenerator(int width = GramGenerator.Width, string? model = "grams-64") : IEmbeddingGenerator<string, Embedding<float>>
{
    public const int Width = 64;

    /// <summary>The texts that were embedded, in the order of the calls.</summary>
    public List<string> Embedded { get; } = [];

    /// <summary>The largest number of texts in a call.</summary>
    public int LargestCall { get; private set; }

    /// <summary>Whether the metadata say the number of values.</summary>
    public bool NamesWidth { get; init; } = true;

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string[] texts = [.. values];
        lock (Embedded)
        {
            Embedded.AddRange(texts);
            LargestCall = Math.Max(LargestCall, texts.Length);
        }

        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(texts.Select(text => new Embedding<float>(VectorOf(text)))));
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("tests", null, model, NamesWidth ? width : null)
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    public void Dispose()
    {
    }

    public float[] VectorOf(string text)
    {
        var vector = new float[width];
        string padded = $" {text.ToLowerInvariant()} ";
        for (int start = 0; start + 3 <= padded.Length; start++)
        {
            uint hash = 2166136261;
            foreach (char letter in padded.AsSpan(start, 3))
                hash = (hash ^ letter) * 16777619;
            vector[(hash ^ (hash >> 15)) % (uint)width]++;
        }

        float length = MathF.Sqrt(vector.Sum(value => value * value));
        return [.. vector.Select(value => value / length)];
    }
}
