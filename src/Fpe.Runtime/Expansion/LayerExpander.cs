using Fpe.Compute;

namespace Fpe.Expansion;

/// <summary>
/// Expands one layer: a child keeps the parent's weights over the inputs that it reads, once for each copy of the input, and
/// starts with the parent's bias.
/// </summary>
internal static class LayerExpander
{
    /// <summary>Builds the layer, without pruning.</summary>
    /// <param name="parent">The layer of the dense parent.</param>
    /// <param name="inputs">Which inputs each child reads.</param>
    /// <param name="below">The columns of the layer after expansion.</param>
    public static ExpandedLayer Expand(ParentLayer parent, ChildInputs inputs, InputColumns below)
    {
        int children = inputs.Children;
        var rows = new ChildRows(inputs.Groups, children);
        var weights = new double[checked((int)(parent.Neurons * below.TotalCopies))];
        var blocks = new List<(int[] Rows, int[] Columns)>(inputs.Groups.Count * children);
        int slot = 0;
        for (int group = 0; group < inputs.Groups.Count; group++)
        {
            int[][] inputsOf = inputs.Of(group);
            int first = inputs.Groups.First(group);
            int size = inputs.Groups.Size(group);
            for (int child = 0; child < children; child++)
            {
                (int[] columns, int[] inputOf) = ColumnsOf(inputsOf[child], inputs.Groups.SectionOf(group), group, below);
                blocks.Add(([.. Enumerable.Range(rows.First(group, child), size)], columns));
                for (int neuron = first; neuron < first + size; neuron++)
                    slot = CopyWeights(parent, neuron, inputOf, weights, slot);
            }
        }

        EdgeLayout layout = StructureOf(inputs, below) switch
        {
            EdgeStructure.Dense => EdgeLayout.Dense(rows.Count, below.Count),
            EdgeStructure structure => EdgeLayout.OfBlocks(structure, rows.Count, below.Count, blocks),
        };
        return new ExpandedLayer(layout, weights, CopyBiases(parent.Biases, rows));
    }

    private static EdgeStructure StructureOf(ChildInputs inputs, InputColumns below)
    {
        if (inputs.Children == 1 && !below.AreDealt)
            return EdgeStructure.Dense;
        return inputs.Groups.AreSingle ? EdgeStructure.OwnPartition : EdgeStructure.SharedBlocks;
    }

    /// <summary>Returns the columns that belong to some inputs of the dense parent, ascending, and the input of each.</summary>
    private static (int[] Columns, int[] InputOf) ColumnsOf(int[] inputs, int section, int group, InputColumns below)
    {
        var columns = new int[inputs.Sum(input => below.CopiesOf(section, input))];
        var inputOf = new int[columns.Length];
        int next = 0;
        foreach (int input in inputs)
        {
            for (int copy = 0; copy < below.CopiesOf(section, input); copy++, next++)
                (columns[next], inputOf[next]) = (below.ColumnOf(section, input, copy, group), input);
        }

        Array.Sort(columns, inputOf);
        return (columns, inputOf);
    }

    private static int CopyWeights(ParentLayer parent, int neuron, int[] inputOf, double[] weights, int slot)
    {
        ReadOnlySpan<double> parentRow = parent.Weights.AsSpan(neuron * parent.Inputs, parent.Inputs);
        foreach (int input in inputOf)
            weights[slot++] = parentRow[input];
        return slot;
    }

    private static double[] CopyBiases(double[] biases, ChildRows rows)
    {
        var copies = new double[rows.Count];
        for (int row = 0; row < copies.Length; row++)
            copies[row] = biases[rows.NeuronOf(row)];
        return copies;
    }
}
