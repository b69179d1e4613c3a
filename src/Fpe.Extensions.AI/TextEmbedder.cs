using Fpe.Data;
using Microsoft.Extensions.AI;

namespace Fpe.Extensions.AI;

/// <summary>Turns texts into samples of a model, in batches.</summary>
/// <param name="generator">The generator.</param>
/// <param name="id">Its identity.</param>
/// <param name="batchSize">The largest number of texts in a call.</param>
/// <param name="plan">The model.</param>
internal sealed class TextEmbedder(IEmbeddingGenerator<string, Embedding<float>> generator, string id, int batchSize, ModelPlan plan)
{
    /// <summary>The identity of the generator.</summary>
    public string Id => id;

    /// <summary>Returns an embedder for another model.</summary>
    public TextEmbedder For(ModelPlan other) => new(generator, id, batchSize, other);

    /// <summary>Returns the embeddings of texts, row by row.</summary>
    /// <param name="name">The name of the texts, for messages.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="cancellation">Ends the call of the generator.</param>
    /// <exception cref="DatasetException">There are no texts, or one is empty.</exception>
    /// <exception cref="EmbeddingException">The generator returned what cannot be used.</exception>
    public async Task<float[]> EmbedAsync(string name, IReadOnlyList<string> texts, CancellationToken cancellation)
    {
        RequireTexts(name, texts);
        int width = plan.InputCount;
        var rows = new float[(long)texts.Count * width];
        for (int start = 0; start < texts.Count; start += batchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            string[] batch = [.. texts.Skip(start).Take(batchSize)];
            GeneratedEmbeddings<Embedding<float>> embeddings = await generator.GenerateAsync(batch, cancellationToken: cancellation).ConfigureAwait(false);
            GeneratedCheck.Require(id, [.. embeddings ?? []], batch);
            for (int i = 0; i < batch.Length; i++)
            {
                ReadOnlyMemory<float> vector = embeddings![i].Vector;
                if (vector.Length != width)
                    throw GeneratorIdentity.OtherWidth(id, vector.Length, plan);
                vector.CopyTo(rows.AsMemory((start + i) * width, width));
            }
        }

        return rows;
    }

    /// <summary>Checks texts, before they are embedded.</summary>
    /// <inheritdoc cref="EmbedAsync" path="/param"/>
    /// <exception cref="DatasetException">There are no texts, one is empty, or they are too many.</exception>
    public void RequireTexts(string name, IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (texts.Count == 0)
            throw new DatasetException(name, "there are none; pass at least one.");
        for (int i = 0; i < texts.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(texts[i]))
                throw new DatasetException(name, $"text {i} is empty; leave it out.");
        }

        if ((long)texts.Count * plan.InputCount > Array.MaxLength)
            throw new DatasetException(name, $"{texts.Count} embeddings of {plan.InputCount} values exceed the {Array.MaxLength} values that fit into memory; pass fewer texts.");
    }
}
