using Fpe.Counting;

namespace Fpe;

/// <summary>A model as it was declared: its layers in order, and the counts the compiler proved.</summary>
public sealed class ModelPlan
{
    private readonly WeightCounts counts;

    /// <summary>Creates a plan; emitted code passes the counts that it also shows as constants.</summary>
    /// <param name="name">Name of the model class.</param>
    /// <param name="inputs">Features of one sample.</param>
    /// <param name="countBiases">Whether the budget is weights and biases instead of weights alone.</param>
    /// <param name="denseWeights">Weights of the dense parent.</param>
    /// <param name="weightsBeforePruning">Weights after expansion and before pruning.</param>
    /// <param name="expandedWeights">Non-zero weights of the expanded model.</param>
    /// <param name="layers">The layers, from input to output.</param>
    /// <exception cref="WeightCountException">A count is not what the counting rules give for the layers.</exception>
    public ModelPlan(
        string name, int inputs, bool countBiases,
        long denseWeights, long weightsBeforePruning, long expandedWeights,
        IReadOnlyList<LayerPlan> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        Name = name;
        InputCount = inputs;
        CountBiases = countBiases;
        Layers = layers;
        counts = WeightCounts.Of([.. layers.Select(layer => layer.Size).OfType<LayerSize>()], countBiases);

        Require("weights of the dense parent", denseWeights, counts.Dense);
        Require("weights before pruning", weightsBeforePruning, counts.BeforePruning);
        Require("weights of the expanded model", expandedWeights, counts.Expanded);
    }

    /// <summary>Name of the model class.</summary>
    public string Name { get; }

    /// <summary>Features of one sample.</summary>
    public int InputCount { get; }

    /// <summary>Outputs per sample.</summary>
    public int OutputCount => Layers[^1].Outputs;

    /// <summary>Whether the budget is weights and biases instead of weights alone.</summary>
    public bool CountBiases { get; }

    /// <summary>The layers, from input to output.</summary>
    public IReadOnlyList<LayerPlan> Layers { get; }

    /// <summary>The fully connected layers, from input to output: those that expansion may touch.</summary>
    public IEnumerable<LinearPlan> Linears => Layers.OfType<LinearPlan>();

    /// <summary>Whether any layer is expanded.</summary>
    public bool IsExpanded => Linears.Any(layer => layer.Expansion.IsExpanded);

    /// <summary>Weights of the dense parent.</summary>
    public long DenseWeights => counts.Dense;

    /// <summary>Weights after expansion and before pruning.</summary>
    public long WeightsBeforePruning => counts.BeforePruning;

    /// <summary>Non-zero weights of the expanded model.</summary>
    public long ExpandedWeights => counts.Expanded;

    /// <summary>Weights that pruning removes at expansion.</summary>
    public long PrunedWeights => counts.Pruned;

    /// <summary>Biases of the dense parent.</summary>
    public long DenseBiases => counts.DenseBiases;

    /// <summary>Biases of the expanded model.</summary>
    public long ExpandedBiases => counts.ExpandedBiases;

    /// <summary>Counts by layer with weights, from input to output.</summary>
    internal IReadOnlyList<LayerWeights> LayerCounts => counts.Layers;

    /// <summary>Non-zero weights of <see cref="Linears"/> in the expanded model.</summary>
    internal long ExpandedLinearWeights => counts.ExpandedLinearWeights;

    /// <summary>Biases of <see cref="Linears"/> in the expanded model.</summary>
    internal long ExpandedLinearBiases => counts.ExpandedBiases - counts.BackboneBiases;

    private void Require(string what, long declared, long counted)
    {
        if (declared != counted)
            throw new WeightCountException(Name, what, declared, counted);
    }
}
