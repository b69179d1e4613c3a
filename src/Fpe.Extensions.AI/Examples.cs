using Fpe.Data;
using Fpe.Numerics;

namespace Fpe.Extensions.AI;

/// <summary>Embeddings with their classes.</summary>
/// <param name="Width">The number of values of an embedding.</param>
/// <param name="Features">The embeddings as they were generated, row by row.</param>
/// <param name="Labels">The class of each.</param>
internal sealed record Examples(int Width, float[] Features, int[] Labels)
{
    /// <summary>The number of examples.</summary>
    public int Count => Labels.Length;

    /// <summary>Returns the samples of a data set.</summary>
    public static Examples Of(Dataset dataset)
    {
        var features = new float[dataset.Count * dataset.FeatureCount];
        for (int s = 0; s < dataset.Count; s++)
            dataset.Sample(s).CopyTo(features.AsSpan(s * dataset.FeatureCount));
        return new Examples(dataset.FeatureCount, features, [.. Enumerable.Range(0, dataset.Count).Select(dataset.Label)]);
    }

    /// <summary>Returns these examples, then others.</summary>
    public Examples Join(Examples others) => new(Width, [.. Features, .. others.Features], [.. Labels, .. others.Labels]);

    /// <summary>Returns some examples of each class, chosen at random, in their order.</summary>
    /// <param name="most">The largest number of examples of a class.</param>
    /// <param name="seed">The seed of the choice.</param>
    public Examples Keep(int most, long seed)
    {
        var kept = new Dictionary<int, int>();
        int[] chosen = [.. new RandomStream(seed, RandomPurpose.DataSplit, index: 1).Permutation(Count).Where(example => (kept[Labels[example]] = kept.GetValueOrDefault(Labels[example]) + 1) <= most).Order()];
        return new Examples(Width, [.. chosen.SelectMany(example => Features.AsSpan(example * Width, Width).ToArray())], [.. chosen.Select(example => Labels[example])]);
    }

    /// <summary>Returns the examples as a data set.</summary>
    public Dataset ToDataset(string name, int classes) => Dataset.OfClasses(name, Width, Features, Labels, classes);

    /// <summary>Checks that every class has an example, without which it would be learned that it never occurs.</summary>
    /// <exception cref="DatasetException">A class has none.</exception>
    public void RequireAll(string name, IReadOnlyList<string> classes, string fix)
    {
        var seen = new HashSet<int>(Labels);
        for (int c = 0; c < classes.Count; c++)
        {
            if (!seen.Contains(c))
                throw new DatasetException(name, $"class '{classes[c]}' has no examples; {fix}.");
        }
    }
}
