namespace Fpe.Research.Clauses;

/// <summary>
/// What <see cref="ClauseCounts"/> are to be expected in the first hidden layer when every neuron deals its inputs to α children in a
/// balanced random partition, before pruning.
/// </summary>
/// <remarks>
/// m given inputs fall to the same child with probability P(m) = Σ_k Π_{i &lt; m} (s_k − i) / (d − i), for d inputs and children of s_k
/// inputs each; for many inputs that is α · α^−m = α^(1 − m). So a clause of k literals is whole in some child of a neuron with
/// probability P(k), and two disjoint ones collide in a child with P(2k), in the limit α^−(2k − 1).
/// </remarks>
public sealed class ClauseTheory
{
    private readonly int children;
    private readonly int? inputs;

    /// <summary>Describes the partitions.</summary>
    /// <param name="children">α: children of a neuron; at least 1.</param>
    /// <param name="inputs">d: inputs of the layer, at least α, for exact values; null for the limit of many inputs.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no child, or a child would have no input.</exception>
    public ClauseTheory(int children, int? inputs = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(children);
        if (inputs is { } count)
            ArgumentOutOfRangeException.ThrowIfLessThan(count, children, nameof(inputs));
        this.children = children;
        this.inputs = inputs;
    }

    /// <summary>P(m): the probability that given inputs of a neuron fall to the same child.</summary>
    /// <param name="literals">m: number of inputs; at least 1.</param>
    public double Together(int literals)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(literals);
        if (inputs is not { } count)
            return Math.Pow(children, 1 - literals);

        (int size, int larger) = Math.DivRem(count, children);
        return (larger * InOneChild(size + 1, count, literals)) + ((children - larger) * InOneChild(size, count, literals));
    }

    /// <summary>Expected number of clauses that some child holds: Σ_clauses 1 − (1 − P(k))^partitions.</summary>
    /// <param name="clauses">Inputs of each clause.</param>
    /// <param name="partitions">Independent partitions: neurons of the dense parent, or groups of those that share one.</param>
    public double Covered(IReadOnlyList<IReadOnlyList<int>> clauses, int partitions)
    {
        ArgumentNullException.ThrowIfNull(clauses);
        ArgumentOutOfRangeException.ThrowIfNegative(partitions);
        return clauses.Sum(clause => 1 - Math.Pow(1 - Together(clause.Distinct().Count()), partitions));
    }

    /// <summary>Expected number of collisions: neurons · Σ_pairs P(inputs of the two clauses together).</summary>
    /// <param name="clauses">Inputs of each clause.</param>
    /// <param name="neurons">Neurons of the dense parent, whether they share partitions or not.</param>
    public double Collisions(IReadOnlyList<IReadOnlyList<int>> clauses, int neurons)
    {
        ArgumentNullException.ThrowIfNull(clauses);
        ArgumentOutOfRangeException.ThrowIfNegative(neurons);
        double pairs = 0;
        for (int i = 0; i < clauses.Count; i++)
        {
            for (int j = 0; j < i; j++)
                pairs += Together(clauses[i].Union(clauses[j]).Count());
        }

        return neurons * pairs;
    }

    /// <summary>Π_{i &lt; literals} (size − i) / (count − i): all of them among the <paramref name="size"/> inputs of one child; 0 where they do not fit.</summary>
    private static double InOneChild(int size, int count, int literals)
    {
        double probability = 1;
        for (int i = 0; i < literals && probability > 0; i++)
            probability *= (size - i) / (double)(count - i);
        return probability;
    }
}
