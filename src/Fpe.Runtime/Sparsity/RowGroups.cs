using Fpe.Expansion;

namespace Fpe.Sparsity;

/// <summary>
/// The rows of a layer in groups that keep, drop and grow their columns together: the children that share their inputs
/// (<see cref="ExpansionPlan.Share"/>), or single rows.
/// </summary>
internal sealed class RowGroups
{
    private readonly int[] starts;

    private RowGroups(int[] starts) => this.starts = starts;

    /// <summary>Number of groups.</summary>
    public int Count => starts.Length - 1;

    /// <summary>Number of rows of all groups.</summary>
    public int RowCount => starts[^1];

    /// <summary>Whether each row forms its own group.</summary>
    public bool AreSingle => Count == RowCount;

    /// <summary>Rows of the largest group.</summary>
    public int LargestSize => Enumerable.Range(0, Count).Max(Size);

    /// <summary>The distinct sizes of groups: one, or two if the last group is smaller.</summary>
    public IEnumerable<int> Sizes => Enumerable.Range(0, Count).Select(Size).Distinct();

    /// <summary>Returns the first row of a group; the others follow.</summary>
    public int First(int group) => starts[group];

    /// <summary>Returns the number of rows of a group.</summary>
    public int Size(int group) => starts[group + 1] - starts[group];

    /// <summary>Creates the groups of a layer: blocks if its edges are learned, single rows if it only reads such a layer.</summary>
    /// <param name="neurons">Neurons of the dense parent.</param>
    /// <param name="plan">How the layer is expanded.</param>
    /// <param name="inputGroups">Number of groups of neurons that read different inputs, each of them other columns; blocks are within one.</param>
    public static RowGroups Of(int neurons, ExpansionPlan plan, int inputGroups = 1)
    {
        var groups = new NeuronGroups(neurons, plan.LearnsEdges ? plan.Share : 1, neurons / inputGroups);
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
