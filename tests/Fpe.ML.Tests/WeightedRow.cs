using Microsoft.ML.Data;

namespace Fpe.ML.Tests;

/// <summary>A row of six features, with a weight of its own.</summary>
internal sealed record WeightedRow
{
    [VectorType(6)]
    public float[] Features { get; init; } = new float[6];

    public bool Label { get; init; }

    public float Weight { get; init; } = 1;

    /// <summary>Draws rows whose label is whether the first feature is larger than the second.</summary>
    public static IEnumerable<WeightedRow> Draw(int count)
    {
        var random = new Random(1);
        for (int row = 0; row < count; row++)
        {
            float[] features = [.. Enumerable.Range(0, 6).Select(_ => random.NextSingle())];
            yield return new WeightedRow { Features = features, Label = features[0] > features[1] };
        }
    }
}
