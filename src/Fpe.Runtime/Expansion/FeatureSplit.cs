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

    private FeatureSplit(ParentLayer parent, int section, RandomStream random)
    {
        (int neurons, int inputs) = (parent.Groups.Section, parent.Inputs);
        double[] gram = GramMatrix.OfInputs(EdgeLayout.Dense(neurons, inputs), parent.Weights.AsSpan(section * neurons * inputs, neurons * inputs));
        int count = Math.Min(parent.Inputs, Math.Max(GroupCount, parent.Expansion.Factor));
        int[] groupOf = new BalancedKMeans(gram, parent.Inputs).Cluster(count, random);
        groups = new ClauseSplit([.. Enumerable.Range(0, count).Select(group => InputsOf(groupOf, group))], parent.Inputs);
    }

    /// <summary>Finds the groups of each section of a layer, which are those of the inputs that it reads.</summary>
    /// <param name="parent">The layer, with warmed-up weights.</param>
    /// <param name="random">Random numbers for the clustering.</param>
    /// <returns>The strategy of a section.</returns>
    public static Func<int, ISplitStrategy> OfSections(ParentLayer parent, RandomStream random)
    {
        FeatureSplit[] splits = [.. Enumerable.Range(0, parent.InputGroups).Select(section => new FeatureSplit(parent, section, random))];
        return section => splits[section];
    }

    /// <summary>Number of groups, limited by the number of inputs; one per child if there are more children.</summary>
    public const int GroupCount = 16;

    /// <inheritdoc/>
    public void Draw(Span<int> childOf, int children, RandomStream random) => groups.Draw(childOf, children, random);

    private static int[] InputsOf(int[] groupOf, int group) =>
        [.. Enumerable.Range(0, groupOf.Length).Where(input => groupOf[input] == group)];
}
