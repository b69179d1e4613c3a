using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe.Interference;

/// <summary>
/// Feature capacity (Scherlis et al., "Polysemanticity and capacity in neural networks", arXiv 2210.01892): the fraction of a dimension
/// that represents an input, C_i = (w_i · w_i)² / Σ_j (w_i · w_j)², where w_i is column i of the weight matrix. It is 1 for an input whose
/// column is orthogonal to all others, and 1/n for one of n with equal columns.
/// </summary>
public static class FeatureCapacity
{
    /// <summary>
    /// Maximum number of inputs for which all w_i · w_j are computed at once, in 2 GiB; for more inputs, they are computed row by row,
    /// which is slower.
    /// </summary>
    private const int MostAtOnce = 1 << 14;

    /// <summary>The mean of C_i over inputs whose column is not zero; 0 if there are none.</summary>
    /// <inheritdoc cref="OfInputs" path="/param"/>
    public static double Mean(EdgeLayout layout, ReadOnlySpan<double> slotWeights)
    {
        double[] capacities = OfInputs(layout, slotWeights);
        int used = capacities.Count(capacity => capacity > 0);
        return used == 0 ? 0 : capacities.Sum() / used;
    }

    /// <summary>C_i of every input; 0 if its column is zero.</summary>
    /// <param name="layout">The edges of the layer.</param>
    /// <param name="slotWeights">One weight per slot of <paramref name="layout"/>; 0 at holes.</param>
    public static double[] OfInputs(EdgeLayout layout, ReadOnlySpan<double> slotWeights)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return layout.InputCount <= MostAtOnce ? AtOnce(layout, slotWeights) : OneByOne(layout, slotWeights);
    }

    private static double[] AtOnce(EdgeLayout layout, ReadOnlySpan<double> slotWeights)
    {
        double[] gram = GramMatrix.OfInputs(layout, slotWeights);
        var capacities = new double[layout.InputCount];
        for (int i = 0; i < capacities.Length; i++)
            capacities[i] = CapacityOf(i, gram.AsSpan(i * capacities.Length, capacities.Length));

        return capacities;
    }

    /// <summary>
    /// Computes C_i one input at a time: for each input, the products of its column with those of all inputs that are read together with it.
    /// </summary>
    internal static double[] OneByOne(EdgeLayout layout, ReadOnlySpan<double> slotWeights)
    {
        var rows = new LayoutRows(layout);
        ILookup<int, (int Row, int Place)> readers = Enumerable.Range(0, layout.OutputCount)
            .SelectMany(row => rows.Columns(row).ToArray().Select((column, place) => (column, row, place)))
            .ToLookup(edge => edge.column, edge => (edge.row, edge.place));
        var capacities = new double[layout.InputCount];
        var products = new double[layout.InputCount];
        for (int i = 0; i < capacities.Length; i++)
        {
            Array.Clear(products);
            foreach ((int row, int place) in readers[i])
            {
                ReadOnlySpan<int> columns = rows.Columns(row);
                ReadOnlySpan<double> weights = slotWeights.Slice(rows.FirstSlot(row), columns.Length);
                for (int c = 0; c < columns.Length; c++)
                    products[columns[c]] += weights[place] * weights[c];
            }

            capacities[i] = CapacityOf(i, products);
        }

        return capacities;
    }

    private static double CapacityOf(int input, ReadOnlySpan<double> products)
    {
        double squares = 0;
        foreach (double product in products)
            squares += product * product;
        return squares > 0 ? products[input] * products[input] / squares : 0;
    }
}
