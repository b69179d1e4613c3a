using Fpe.Compute;
using Fpe.Numerics;

namespace Fpe.Expansion;

/// <summary>
/// <see cref="Split.Feature"/>: inputs that the parent's neurons use in a similar way form a group, and groups are dealt like clauses.
/// Groups are found by clustering the rows of the Gram matrix WᵀW into <see cref="GroupCount"/> groups of equal size.
/// </summary>
internal sealed class FeatureSplit : ISplitStrategy
{
    private readonly ClauseSplit groups;

    /// <summary>Finds the groups.</summary>
    /// <param name="parent">The layer, with warmed-up weights.</param>
    /// <param name="random">Random numbers for the clustering.</param>
    public FeatureSplit(ParentLayer parent, RandomStream random)
    {
        double[] gram = GramMatrix.OfInputs(EdgeLayout.Dense(parent.Neurons, parent.Inputs), parent.Weights);
        int count = Math.Min(parent.Inputs, Math.Max(GroupCount, parent.Expansion.Factor));
        int[] groupOf = new BalancedKMeans(gram, parent.Inputs).Cluster(count, random);
        groups = new ClauseSplit([.. Enumerable.Range(0, count).Select(group => InputsOf(groupOf, group))], parent.Inputs);
    }

    /// <summary>Number of groups, limited by the number of inputs; one per child if there are more children.</summary>
    public const int GroupCount = 16;

    /// <inheritdoc/>
    public void Draw(Span<int> childOf, int children, RandomStream random) => groups.Draw(childOf, children, random);

    private static int[] InputsOf(int[] groupOf, int group) =>
        [.. Enumerable.Range(0, groupOf.Length).Where(input => groupOf[input] == group)];
}
