using Microsoft.Extensions.AI;

namespace Fpe.Extensions.AI;

/// <summary>Adds a cache on disk to embedding generators.</summary>
public static class EmbeddingCaching
{
    /// <summary>Returns a generator that keeps embeddings in a folder, so that a text is never embedded twice.</summary>
    /// <param name="generator">The generator; it is disposed with the result.</param>
    /// <param name="folder">The folder, which is created; several processes and several generators may use it at the same time.</param>
    /// <param name="generatorId">The identity of the embedding model, such as its name and version; null for what the generator names in its metadata.</param>
    /// <exception cref="EmbeddingException">The generator has no identity.</exception>
    /// <exception cref="Files.FileAccessException">The folder cannot be used.</exception>
    public static CachedEmbeddingGenerator CachedIn(this IEmbeddingGenerator<string, Embedding<float>> generator, string folder, string? generatorId = null) => new(generator, folder, generatorId);
}
