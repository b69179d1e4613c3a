namespace Fpe.Sparsity;

/// <summary>
/// How many edges each layer gets if layers do not compete: as many as its inputs and outputs together, times a number that is the same
/// for all (Erdős–Rényi densities; Mocanu et al., "Scalable training of artificial neural networks with adaptive sparse connectivity",
/// Nature Communications 2018), within what each layer can have.
/// </summary>
internal static class EdgeDensities
{
    /// <summary>Divides a budget among layers.</summary>
    /// <param name="layers">The layers.</param>
    /// <param name="least">Edges that each layer gets at least.</param>
    /// <param name="most">Edges that each layer can have.</param>
    /// <param name="budget">Edges of all layers together; between the sums of both.</param>
    public static long[] Divide(IReadOnlyList<LayerShape> layers, IReadOnlyList<long> least, IReadOnlyList<long> most, long budget)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(budget, least.Sum());
        ArgumentOutOfRangeException.ThrowIfGreaterThan(budget, most.Sum());
        double[] sizes = [.. layers.Select(layer => (double)layer.Inputs + layer.Outputs)];

        // With a larger number no layer has fewer edges, so halving finds the largest that does not exceed the budget.
        (double low, double high) = (0, most.Max());
        for (int i = 0; i < 200; i++)
        {
            double middle = (low + high) / 2;
            if (Edges(middle).Sum() <= budget)
                low = middle;
            else
                high = middle;
        }

        // Blocks have whole columns, so that what is left over goes to layers of single rows first.
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
