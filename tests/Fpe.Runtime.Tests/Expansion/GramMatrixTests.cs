using Fpe.Expansion;

namespace Fpe.Runtime.Tests.Expansion;

public sealed class GramMatrixTests
{
    [Fact]
    public void Products_of_columns_are_those_of_the_dense_matrix() => Chain.ForAll(chain =>
    {
        ExpandedLayer[] layers = SplitExpansion.Default.ExpandLayers(chain.Parents, chain.Number);
        foreach (ExpandedLayer layer in Pruner.Prune(layers, layers.Sum(layer => layer.Layout.EdgeCount) * 3 / 4, new long[layers.Length]))
        {
            int inputs = layer.Layout.InputCount;
            var expected = new double[inputs * inputs];
            foreach (IGrouping<int, Edge> row in Edge.Of(layer).GroupBy(edge => edge.Row))
            {
                foreach (Edge a in row)
                {
                    foreach (Edge b in row)
                        expected[(a.Column * inputs) + b.Column] += a.Weight * b.Weight;
                }
            }

            double[] gram = GramMatrix.OfInputs(layer.Layout, layer.Weights);
            for (int i = 0; i < gram.Length; i++)
                Assert.Equal(expected[i], gram[i], tolerance: 1e-12);
        }
    });

    [Fact]
    public void A_matrix_by_hand()
    {
        // columns (1, 3, 5) and (2, 4, 6)
        double[] gram = GramMatrix.OfInputs(Fpe.Compute.EdgeLayout.Dense(3, 2), [1, 2, 3, 4, 5, 6]);
        Assert.Equal([35, 44, 44, 56], gram);
    }

    [Fact]
    public void A_matrix_has_to_fit_into_an_array()
    {
        Assert.Equal("layout", Assert.Throws<ArgumentNullException>(() => GramMatrix.OfInputs(null!, [])).ParamName);
        Assert.Equal(
            "The products of all pairs of 46341 inputs do not fit into an array, which can hold those of 46340 inputs. (Parameter 'layout')",
            Assert.Throws<ArgumentException>(() => GramMatrix.OfInputs(Fpe.Compute.EdgeLayout.Dense(1, 46_341), new double[46_341])).Message);
    }
}
