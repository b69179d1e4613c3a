using System.Collections;
using Fpe.Compute;

namespace Fpe.Interference;

/// <summary>How the clauses of a Boolean formula lie in the neurons of a layer that reads its variables.</summary>
/// <param name="Covered">Clauses of which some neuron reads all inputs, so that it can compute them by itself.</param>
/// <param name="Collisions">Pairs of clauses of which one neuron reads all inputs, added up over the neurons.</param>
public readonly record struct ClauseCoverage(int Covered, long Collisions)
{
    /// <summary>Counts, by the edges that exist, whatever their weights.</summary>
    /// <param name="layout">The edges of the layer.</param>
    /// <param name="clauses">The inputs of each clause.</param>
    /// <exception cref="ArgumentException">An input is none of the layer's.</exception>
    public static ClauseCoverage Of(EdgeLayout layout, IReadOnlyList<IReadOnlyList<int>> clauses)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(clauses);
        if (clauses.Any(clause => clause.Any(input => (uint)input >= (uint)layout.InputCount)))
            throw new ArgumentException($"A clause has an input that is none of the layer's {layout.InputCount}.", nameof(clauses));

        var isCovered = new bool[clauses.Count];
        long collisions = 0;
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            for (int r = 0; r < block.Rows.Length; r++)
            {
                BitArray reads = InputsOf(layout, block, r);
                long whole = 0;
                for (int c = 0; c < clauses.Count; c++)
                {
                    if (!clauses[c].All(input => reads[input]))
                        continue;
                    isCovered[c] = true;
                    whole++;
                }

                collisions += whole * (whole - 1) / 2;
            }
        }

        return new ClauseCoverage(isCovered.Count(covered => covered), collisions);
    }

    /// <summary>
    /// The number of covered clauses expected of random partitions: m · (1 − (1 − α^(1−k))^h), since the k inputs of a clause fall to
    /// one child of a neuron with probability α^(1−k). Exact where inputs fall independently; balanced partitions come near.
    /// </summary>
    /// <param name="clauses">Number of clauses m, which have no input in common.</param>
    /// <param name="inputsPerClause">Inputs of a clause k; at least 1.</param>
    /// <param name="neurons">Neurons of the dense parent h.</param>
    /// <param name="factor">Children per neuron α; at least 1.</param>
    public static double ExpectedCovered(int clauses, int inputsPerClause, int neurons, int factor) =>
        clauses * (1 - Math.Pow(1 - Math.Pow(factor, 1 - inputsPerClause), neurons));

    /// <summary>
    /// The number of collisions expected of random partitions: h · m·(m − 1)/2 · α^(1−2k), since the 2k inputs of two clauses fall to
    /// one child of a neuron with probability α^−(2k−1).
    /// </summary>
    /// <inheritdoc cref="ExpectedCovered" path="/param"/>
    public static double ExpectedCollisions(int clauses, int inputsPerClause, int neurons, int factor) =>
        neurons * (clauses * (clauses - 1.0) / 2) * Math.Pow(factor, 1 - (2 * inputsPerClause));

    private static BitArray InputsOf(EdgeLayout layout, EdgeBlock block, int row)
    {
        var reads = new BitArray(layout.InputCount);
        int firstSlot = block.FirstSlot + (row * block.Columns.Length);
        for (int i = 0; i < block.Columns.Length; i++)
            reads[block.Columns[i]] = layout.IsKept(firstSlot + i);
        return reads;
    }
}
