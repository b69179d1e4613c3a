using Microsoft.Extensions.AI;

namespace Fpe.Extensions.AI.Tests;

/// <summary>A generator whose embeddings are changed on the way: what a faulty one returns.</summary>
/// <param name="change">Changes the embeddings of a call.</param>
internal sealed class ChangedGenerator(Func<List<Embedding<float>>, IEnumerable<Embedding<float>>?> change)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(new GramGenerator { NamesWidth = false })
{
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        IEnumerable<Embedding<float>>? changed = change([.. await base.GenerateAsync(values, options, cancellationToken)]);
        return changed is null ? null! : new GeneratedEmbeddings<Embedding<float>>(changed);
    }
}
