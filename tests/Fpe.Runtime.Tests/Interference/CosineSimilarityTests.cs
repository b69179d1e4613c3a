using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Interference;
using Fpe.Runtime.Tests.Expansion;

namespace Fpe.Runtime.Tests.Interference;

public sealed class CosineSimilarityTests
{
    [Fact]
    public void Means_are_those_of_all_pairs() => Chain.ForAll(chain =>
    {
        foreach (ExpandedLayer layer in SplitExpansion.Default.ExpandLayers(chain.Parents, chain.Number))
        {
            UnitRows rows = UnitRows.Of(layer.Layout, layer.Weights);
            if (rows.Count < 2)
                continue;
            (double sum, double absolute) = AllPairs(layer);
            double pairs = rows.Count * (rows.Count - 1) / 2.0;
            Assert.Equal(sum / pairs, CosineSimilarity.Mean(layer.Layout, layer.Weights), tolerance: 1e-10);
            Assert.Equal(absolute, PairwiseCosines.AbsoluteSumOfRows(rows), tolerance: 1e-8);
            Assert.Equal(FeatureCapacity.OfInputs(layer.Layout, layer.Weights), FeatureCapacity.OneByOne(layer.Layout, layer.Weights), (a, b) => Math.Abs(a - b) < 1e-10);
            Assert.Equal(absolute / pairs, CosineSimilarity.MeanAbsolute(layer.Layout, layer.Weights), tolerance: 1e-10);
        }
    });

    [Theory]
    [InlineData(37, 11)]
    [InlineData(100, 3)]
    public void Many_rows_fill_several_panels(int neurons, int inputs)
    {
        double[] weights = [.. Enumerable.Range(0, neurons * inputs).Select(i => Math.Sin(i * i))];
        var layer = new ExpandedLayer(EdgeLayout.Dense(neurons, inputs), weights, new double[neurons]);
        double sum = PairwiseCosines.AbsoluteSum(UnitRows.Of(layer.Layout, layer.Weights));
        Assert.Equal(AllPairs(layer).Absolute, sum, tolerance: 1e-9);
        Assert.Equal(sum, PairwiseCosines.AbsoluteSumOfRows(UnitRows.Of(layer.Layout, layer.Weights)), tolerance: 1e-9);
    }

    private static (double Sum, double Absolute) AllPairs(ExpandedLayer layer)
    {
        var dense = new double[layer.Layout.OutputCount][];
        for (int row = 0; row < dense.Length; row++)
            dense[row] = new double[layer.Layout.InputCount];
        foreach (Edge edge in Edge.Of(layer))
            dense[edge.Row][edge.Column] = edge.Weight;

        (double sum, double absolute) = (0, 0);
        for (int r = 0; r < dense.Length; r++)
        {
            for (int s = r + 1; s < dense.Length; s++)
            {
                double norms = Dot(dense[r], dense[r]) * Dot(dense[s], dense[s]);
                double cosine = norms == 0 ? 0 : Dot(dense[r], dense[s]) / Math.Sqrt(norms);
                sum += cosine;
                absolute += Math.Abs(cosine);
            }
        }

        return (sum, absolute);
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
