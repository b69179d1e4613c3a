namespace Fpe.Sparsity;

/// <summary>
/// The number of edges of each layer if layers do not compete: the sum of its inputs and outputs, times a factor that is the same for all
/// layers (Erdős–Rényi densities; Mocanu et al., "Scalable training of artificial neural networks with adaptive sparse connectivity",
/// Nature Communications 2018), within the limits of each layer.
/// </summary>
internal static class EdgeDensities
{
    /// <summary>Divides a budget among layers.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="least">Minimum number of edges of each layer.</param>
    /// <param name="most">Maximum number of edges of each layer.</param>
    /// <param name="budget">Edges of all layers; between the sums of both limits.</param>
    public static long[] Divide(IReadOnlyList<LayerShape> layers, IReadOnlyList<long> least, IReadOnlyList<long> most, long budget)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(budget, least.Sum());
        ArgumentOutOfRangeException.ThrowIfGreaterThan(budget, most.Sum());
        double[] sizes = [.. layers.Select(layer => ((double)layer.Inputs * layer.InputGroups) + layer.Outputs)];

        // No layer gets fewer edges with a larger factor, so bisection finds the largest factor that does not exceed the budget.
        (double low, double high) = (0, most.Max());
        for (int i = 0; i < 200; i++)
        {
            double middle = (low + high) / 2;
            if (Edges(middle).Sum() <= budget)
                low = middle;
            else
                high = middle;
        }

        // Blocks have whole columns, so the remainder goes to layers of single rows first.
        long[] edges = [.. Edges(low).Select((own, l) => Math.Max(least[l], own - (own % layers[l].Groups.LargestSize)))];
        long rest = budget - edges.Sum();
        foreach (int l in Enumerable.Range(0, edges.Length).OrderByDescending(l => layers[l].Groups.AreSingle).ThenByDescending(l => l))
        {
            long more = Math.Min(rest, most[l] - edges[l]);
            edges[l] += more;
            rest -= more;
        }

        return edges;

        long[] Edges(double number) => [.. sizes.Select((size, l) => Math.Clamp((long)Math.Min(size * number, most[l]), least[l], most[l]))];
    }
}
