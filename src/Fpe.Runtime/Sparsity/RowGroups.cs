using Fpe.Expansion;

namespace Fpe.Sparsity;

/// <summary>
/// The rows of a layer in runs that keep, drop and grow their columns together: the children that share their inputs
/// (<see cref="ExpansionPlan.Share"/>), or each row by itself.
/// </summary>
internal sealed class RowGroups
{
    private readonly int[] starts;

    private RowGroups(int[] starts) => this.starts = starts;

    /// <summary>Number of groups.</summary>
    public int Count => starts.Length - 1;

    /// <summary>Rows of all groups.</summary>
    public int RowCount => starts[^1];

    /// <summary>Whether every row is a group of its own.</summary>
    public bool AreSingle => Count == RowCount;

    /// <summary>Rows of the largest group.</summary>
    public int LargestSize => Enumerable.Range(0, Count).Max(Size);

    /// <summary>The sizes that groups have, each once: one, or two where the last neurons are fewer.</summary>
    public IEnumerable<int> Sizes => Enumerable.Range(0, Count).Select(Size).Distinct();

    /// <summary>First row of a group; the others follow.</summary>
    public int First(int group) => starts[group];

    /// <summary>Rows of a group.</summary>
    public int Size(int group) => starts[group + 1] - starts[group];

    /// <summary>The groups of a layer: blocks where edges are learned, single rows in the layers that read them.</summary>
    /// <param name="neurons">Neurons of the dense parent.</param>
    /// <param name="plan">How the layer is expanded.</param>
    public static RowGroups Of(int neurons, ExpansionPlan plan)
    {
        var groups = new NeuronGroups(neurons, plan.LearnsEdges ? plan.Share : 1);
        var rows = new ChildRows(groups, plan.Factor);
        var starts = new List<int>();
        for (int group = 0; group < groups.Count; group++)
        {
            for (int child = 0; child < plan.Factor; child++)
                starts.Add(rows.First(group, child));
        }

        return new RowGroups([.. starts, rows.Count]);
    }
}
