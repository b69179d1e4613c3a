using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe.Interference;

/// <summary>
/// Feature capacity (Scherlis et al., "Polysemanticity and capacity in neural networks", arXiv 2210.01892): the share of a
/// dimension that an input has for itself, C_i = (w_i · w_i)² / Σ_j (w_i · w_j)², where w_i is column i of the weight matrix.
/// It is 1 for an input whose column is orthogonal to all others, and 1/n for one of n with equal columns.
/// </summary>
public static class FeatureCapacity
{
    /// <summary>The mean of C_i over inputs whose column is not zero; 0 where there is none.</summary>
    /// <inheritdoc cref="OfInputs" path="/param"/>
    public static double Mean(EdgeLayout layout, ReadOnlySpan<double> slotWeights)
    {
        double[] capacities = OfInputs(layout, slotWeights);
        int used = capacities.Count(capacity => capacity > 0);
        return used == 0 ? 0 : capacities.Sum() / used;
    }

    /// <summary>C_i of every input; 0 where its column is zero.</summary>
    /// <param name="layout">The edges of the layer.</param>
    /// <param name="slotWeights">One weight per slot of <paramref name="layout"/>; 0 at holes.</param>
    public static double[] OfInputs(EdgeLayout layout, ReadOnlySpan<double> slotWeights)
    {
        ArgumentNullException.ThrowIfNull(layout);
        double[] gram = GramMatrix.OfInputs(layout, slotWeights);
        var capacities = new double[layout.InputCount];
        for (int i = 0; i < capacities.Length; i++)
        {
            double squares = 0;
            foreach (double product in gram.AsSpan(i * capacities.Length, capacities.Length))
                squares += product * product;
            double own = gram[(i * capacities.Length) + i];
            capacities[i] = squares > 0 ? own * own / squares : 0;
        }

        return capacities;
    }
}
