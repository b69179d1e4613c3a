using Fpe.Compute;

namespace Fpe.Expansion;

/// <summary>
/// Expands one layer: child (i, k) of neuron i is row i·α + k; it keeps the parent's weights over the inputs that it reads,
/// once for each copy of the input, and starts with the parent's bias.
/// </summary>
internal static class LayerExpander
{
    /// <summary>Builds the layer, without pruning.</summary>
    /// <param name="parent">The layer of the dense parent.</param>
    /// <param name="inputs">Which inputs each child reads.</param>
    /// <param name="below">The outgoing edges of the layer below.</param>
    /// <param name="columnCount">Inputs of the expanded layer.</param>
    public static ExpandedLayer Expand(ParentLayer parent, ChildInputs inputs, OutgoingEdges below, int columnCount)
    {
        int children = inputs.Children;
        int rowCount = checked(parent.Neurons * children);
        var weights = new double[checked(parent.Neurons * parent.Inputs * below.Copies)];
        var blocks = new List<(int[] Rows, int[] Columns)>(inputs.Groups.Count * children);
        int slot = 0;
        for (int group = 0; group < inputs.Groups.Count; group++)
        {
            int[][] inputsOf = inputs.Of(group);
            int first = inputs.Groups.First(group);
            int size = inputs.Groups.Size(group);
            for (int child = 0; child < children; child++)
            {
                blocks.Add((RowsOf(child, first, size, children), ColumnsOf(inputsOf[child], group, below)));
                for (int neuron = first; neuron < first + size; neuron++)
                    slot = CopyWeights(parent, neuron, inputsOf[child], below.Copies, weights, slot);
            }
        }

        EdgeLayout layout = StructureOf(inputs, below) switch
        {
            EdgeStructure.Dense => EdgeLayout.Dense(rowCount, columnCount),
            EdgeStructure structure => EdgeLayout.OfBlocks(structure, rowCount, columnCount, blocks),
        };
        return new ExpandedLayer(layout, weights, CopyBiases(parent.Biases, children));
    }

    private static EdgeStructure StructureOf(ChildInputs inputs, OutgoingEdges below)
    {
        if (inputs.Children == 1 && !below.AreDealt)
            return EdgeStructure.Dense;
        return inputs.Groups.AreSingle ? EdgeStructure.OwnPartition : EdgeStructure.SharedBlocks;
    }

    private static int[] RowsOf(int child, int firstNeuron, int neurons, int children)
    {
        var rows = new int[neurons];
        for (int n = 0; n < neurons; n++)
            rows[n] = ((firstNeuron + n) * children) + child;
        return rows;
    }

    private static int[] ColumnsOf(int[] inputs, int group, OutgoingEdges below)
    {
        var columns = new int[checked(inputs.Length * below.Copies)];
        int next = 0;
        foreach (int input in inputs)
        {
            int first = below.FirstColumn(input, group);
            for (int copy = 0; copy < below.Copies; copy++)
                columns[next++] = first + copy;
        }

        return columns;
    }

    private static int CopyWeights(ParentLayer parent, int neuron, int[] inputs, int copies, double[] weights, int slot)
    {
        ReadOnlySpan<double> parentRow = parent.Weights.AsSpan(neuron * parent.Inputs, parent.Inputs);
        foreach (int input in inputs)
        {
            weights.AsSpan(slot, copies).Fill(parentRow[input]);
            slot += copies;
        }

        return slot;
    }

    private static double[] CopyBiases(double[] biases, int children)
    {
        var copies = new double[checked(biases.Length * children)];
        for (int output = 0; output < copies.Length; output++)
            copies[output] = biases[output / children];
        return copies;
    }
}
