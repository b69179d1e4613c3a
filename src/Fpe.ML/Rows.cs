using Fpe.Data;
using Fpe.Numerics;

namespace Fpe.ML;

/// <summary>Rows of features with their labels, in memory.</summary>
/// <param name="Name">The name for messages.</param>
/// <param name="Width">The number of features.</param>
/// <param name="Features">The features, row by row.</param>
/// <param name="Labels">The labels.</param>
/// <param name="Weights">The weight of each row in the loss; null if all are 1.</param>
internal sealed record Rows(string Name, int Width, float[] Features, Labels Labels, float[]? Weights)
{
    private int Count => Features.Length / Width;

    /// <summary>Returns some rows of a matrix.</summary>
    public static T[] Select<T>(T[] matrix, int width, ReadOnlySpan<int> rows)
    {
        var selected = new T[rows.Length * width];
        for (int r = 0; r < rows.Length; r++)
            matrix.AsSpan(rows[r] * width, width).CopyTo(selected.AsSpan(r * width));
        return selected;
    }

    /// <summary>Divides the rows at random.</summary>
    /// <param name="fraction">The fraction of the second part.</param>
    /// <param name="seed">The seed of the order.</param>
    /// <exception cref="DatasetException">A part would be empty.</exception>
    public (Rows Train, Rows Validation) Divide(double fraction, long seed)
    {
        int validation = (int)Math.Round(Count * fraction);
        if (validation == 0 || validation == Count)
            throw new DatasetException(Name, FormattableString.Invariant($"a validation fraction of {fraction} of {Count} rows leaves a part empty; change it, or use more rows."));
        int[] order = new RandomStream(seed, RandomPurpose.DataSplit).Permutation(Count);
        return (Select(Name, order.AsSpan(validation)), Select($"The validation part of {Name}", order.AsSpan(0, validation)));
    }

    /// <summary>Returns the rows as a data set.</summary>
    /// <exception cref="DatasetException">A value is not finite, or all weights are 0.</exception>
    public Dataset ToDataset()
    {
        Dataset data = Labels.ToDataset(Name, Width, Features);
        return Weights is null ? data : data.WithWeights(Weights);
    }

    private Rows Select(string name, ReadOnlySpan<int> rows) =>
        new(name, Width, Select(Features, Width, rows), Labels.Select(rows), Weights is null ? null : Select(Weights, 1, rows));
}
