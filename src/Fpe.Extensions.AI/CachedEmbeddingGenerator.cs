using Microsoft.Extensions.AI;

namespace Fpe.Extensions.AI;

/// <summary>
/// An embedding generator that keeps embeddings on disk, by the identity of the generator, its options and the text. Each call that embeds
/// new texts writes one file, atomically. An entry whose checksum is wrong is never used: the text is embedded again.
/// </summary>
/// <remarks>
/// The cache is for texts that come again, such as those to train on. It never deletes entries: delete the folder to start anew. Calls with options
/// whose effect is not known (<see cref="EmbeddingGenerationOptions.AdditionalProperties"/>, <see cref="EmbeddingGenerationOptions.RawRepresentationFactory"/>)
/// are passed on without it.
/// </remarks>
public sealed class CachedEmbeddingGenerator : DelegatingEmbeddingGenerator<string, Embedding<float>>
{
    private readonly EmbeddingFolder folder;
    private long found;
    private long made;

    /// <summary>Creates the generator.</summary>
    /// <param name="inner">The generator that embeds new texts; it is disposed with this one.</param>
    /// <param name="folder">The folder, which is created.</param>
    /// <param name="generatorId">The identity of the embedding model; null for what the generator names in its metadata.</param>
    /// <exception cref="EmbeddingException">The generator has no identity.</exception>
    /// <exception cref="Files.FileAccessException">The folder cannot be used.</exception>
    public CachedEmbeddingGenerator(IEmbeddingGenerator<string, Embedding<float>> inner, string folder, string? generatorId = null)
        : base(inner)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        GeneratorId = GeneratorIdentity.Of(inner, generatorId);
        this.folder = new EmbeddingFolder(folder, GeneratorId);
    }

    /// <summary>Gets the identity of the embedding model.</summary>
    public string GeneratorId { get; }

    /// <summary>Gets the number of embeddings that were found on disk.</summary>
    public long FoundCount => Interlocked.Read(ref found);

    /// <summary>Gets the number of embeddings that were generated.</summary>
    public long GeneratedCount => Interlocked.Read(ref made);

    /// <summary>Gets the number of entries on disk that were damaged, and were not used.</summary>
    public long DamagedCount => folder.DamagedCount;

    /// <inheritdoc/>
    /// <exception cref="EmbeddingException">The generator returned too few embeddings, or one that cannot be used; nothing was written.</exception>
    /// <exception cref="Files.FileAccessException">The folder cannot be used.</exception>
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (options is { AdditionalProperties.Count: > 0 } or { RawRepresentationFactory: not null })
            return await base.GenerateAsync(values, options, cancellationToken).ConfigureAwait(false);

        string[] texts = [.. values];
        TextKey[] keys = [.. texts.Select(text => TextKey.Of(GeneratorId, options, text))];
        Dictionary<TextKey, float[]> known = folder.Find(keys);
        Interlocked.Add(ref found, keys.Count(known.ContainsKey));
        int[] missing = [.. Enumerable.Range(0, keys.Length).Where(i => !known.ContainsKey(keys[i])).DistinctBy(i => keys[i])];
        if (missing.Length > 0)
        {
            string[] asked = [.. missing.Select(i => texts[i])];
            GeneratedEmbeddings<Embedding<float>> generated = await base.GenerateAsync(asked, options, cancellationToken).ConfigureAwait(false);
            GeneratedCheck.Require(GeneratorId, [.. generated ?? []], asked);
            Interlocked.Add(ref made, missing.Length);
            (TextKey Key, float[] Vector)[] added = [.. missing.Select((text, i) => (keys[text], generated![i].Vector.ToArray()))];
            folder.Add(added);
            foreach ((TextKey key, float[] vector) in added)
                known[key] = vector;
        }

        return [.. keys.Select(key => new Embedding<float>(known[key]))];
    }
}
