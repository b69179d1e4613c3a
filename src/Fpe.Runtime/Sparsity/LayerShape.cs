using Fpe.Counting;
using Fpe.Expansion;

namespace Fpe.Sparsity;

/// <summary>
/// The shape of a layer whose edges are learned: its size in the wide network, its blocks, and the limits on its final number of edges.
/// </summary>
/// <param name="Name">Name, for messages.</param>
/// <param name="Inputs">Columns: the inputs of a row, which in a convolution in groups are those of its group.</param>
/// <param name="Groups">Blocks of rows that keep their columns together.</param>
/// <param name="Floor">Minimum number of edges.</param>
/// <param name="Ceiling">Maximum final number of edges.</param>
/// <param name="Pattern">The N:M pattern of its columns; null for none.</param>
internal sealed record LayerShape(string Name, int Inputs, RowGroups Groups, long Floor, long Ceiling, ColumnPattern? Pattern)
{
    /// <summary>Number of groups of rows that read different inputs.</summary>
    public int InputGroups { get; init; } = 1;

    /// <summary>Rows.</summary>
    public int Outputs => Groups.RowCount;

    /// <summary>Number of edges if every row reads every column.</summary>
    public long EdgeCount => (long)Outputs * Inputs;

    /// <summary>The shapes of a plan's <c>Linear</c> layers, from input to output.</summary>
    /// <param name="layers">The layers as they were declared.</param>
    /// <param name="parts">The sources of the inputs of each layer; null if each layer reads the preceding one.</param>
    /// <param name="inputGroups">The number of groups of rows of each layer that read different inputs; null for one.</param>
    public static LayerShape[] Of(
        IReadOnlyList<(string Name, int Inputs, int Neurons, ExpansionPlan Expansion)> layers, IReadOnlyList<IReadOnlyList<InputPart>>? parts = null,
        IReadOnlyList<int>? inputGroups = null)
    {
        IReadOnlyList<InputPart> PartsOf(int layer) => parts is null ? [new InputPart(layers[layer].Inputs, layer - 1)] : parts[layer];
        int GroupsOf(int layer) => inputGroups is null ? 1 : inputGroups[layer];
        LayerSize[] sizes =
        [
            .. layers.Select((layer, l) => layer.Expansion.SizeOf(layer.Inputs, layer.Neurons) with { Parts = PartsOf(l), InputGroups = GroupsOf(l) }),
        ];
        WeightCounts counts = WeightCounts.Of(sizes, countBiases: false);
        var shapes = new LayerShape[layers.Count];
        for (int l = 0; l < shapes.Length; l++)
        {
            (string name, _, int neurons, ExpansionPlan plan) = layers[l];
            int columns = PartsOf(l).Sum(part => part.Count * (part.Layer == InputPart.NotExpanded ? 1 : sizes[part.Layer].Factor)) / GroupsOf(l);
            ColumnPattern? pattern = plan is { LearnsEdges: true, Within: > 0 } ? new ColumnPattern(plan.Within / plan.Factor, plan.Within) : null;
            shapes[l] = new LayerShape(name, columns, RowGroups.Of(neurons, plan, GroupsOf(l)), counts.Layers[l].Floor, counts.Layers[l].Ceiling, pattern)
            {
                InputGroups = GroupsOf(l),
            };
        }

        return shapes;
    }
}
