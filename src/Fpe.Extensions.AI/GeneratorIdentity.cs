using Microsoft.Extensions.AI;

namespace Fpe.Extensions.AI;

/// <summary>Which embedding model a generator uses: embeddings of different models cannot be compared.</summary>
internal static class GeneratorIdentity
{
    /// <summary>Returns the given identity, or the provider and the model that the generator names.</summary>
    /// <exception cref="EmbeddingException">There is neither.</exception>
    public static string Of(IEmbeddingGenerator generator, string? given)
    {
        if (given is not null)
            return string.IsNullOrWhiteSpace(given) ? throw new EmbeddingException(generator.GetType().Name, "the given identity is empty; pass the name of its model, or null.") : given;
        if (generator.GetService<CachedEmbeddingGenerator>() is { } cached)
            return cached.GeneratorId;
        EmbeddingGeneratorMetadata? metadata = generator.GetService<EmbeddingGeneratorMetadata>();
        if (string.IsNullOrWhiteSpace(metadata?.DefaultModelId))
            throw new EmbeddingException(generator.GetType().Name, "it does not say which model it uses (EmbeddingGeneratorMetadata.DefaultModelId), so its embeddings cannot be told from those of other models; pass a generatorId with the name and version of the model.");
        return string.IsNullOrWhiteSpace(metadata.ProviderName) ? metadata.DefaultModelId : $"{metadata.ProviderName}/{metadata.DefaultModelId}";
    }

    /// <summary>Checks the number of values that the generator names, if it does, before it is asked for embeddings.</summary>
    /// <exception cref="EmbeddingException">The model reads another number.</exception>
    public static void RequireWidth(IEmbeddingGenerator generator, string id, ModelPlan plan)
    {
        if (generator.GetService<EmbeddingGeneratorMetadata>()?.DefaultModelDimensions is { } width && width != plan.InputCount)
            throw OtherWidth(id, width, plan);
    }

    /// <summary>Returns the exception for embeddings of another number of values.</summary>
    public static EmbeddingException OtherWidth(string id, int width, ModelPlan plan) =>
        new(id, $"its embeddings have {width} values, but {plan.Name} reads {plan.InputCount}; declare [Model(inputs: {width})], or use another generator.");
}
