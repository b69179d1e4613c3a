using Fpe.Counting;
using Fpe.Expansion;

namespace Fpe;

/// <summary>A model as it was declared: its layers in order, and the counts the compiler proved.</summary>
public sealed class ModelPlan
{
    private readonly WeightCounts counts;

    /// <summary>Creates a plan whose sizes are known at run time only; the counts follow from the layers.</summary>
    /// <param name="name">Name of the model, for messages.</param>
    /// <param name="inputs">Features of one sample.</param>
    /// <param name="layers">The layers, from input to output; at least one.</param>
    /// <param name="countBiases">Whether the budget is weights and biases instead of weights alone.</param>
    /// <exception cref="ArgumentException">There is no layer, or a layer reads another number of values than the one below gives.</exception>
    /// <exception cref="OverflowException">A count does not fit 64 bits.</exception>
    /// <exception cref="ExpansionException">
    /// Biases are counted, and the children have so many that some layer would lose more than half of its weights.
    /// </exception>
    public ModelPlan(string name, int inputs, IReadOnlyList<LayerPlan> layers, bool countBiases = false)
    {
        ArgumentNullException.ThrowIfNull(layers);
        CheckChain(name, inputs, layers);
        Name = name;
        InputCount = inputs;
        CountBiases = countBiases;
        Layers = layers;
        counts = WeightCounts.Of([.. layers.Select(layer => layer.Size).OfType<LayerSize>()], countBiases);
        ExpansionRules.CheckFloor(counts, counts.ExpandedLinearWeights);
    }

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
        : this(name, inputs, layers, countBiases)
    {
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

    /// <summary>Non-zero weights of <see cref="Linears"/> in the expanded model: all but those of convolutions.</summary>
    internal long ExpandedLinearWeights => counts.ExpandedLinearWeights;

    /// <summary>Weights of convolutions, in the dense parent as in the expanded model.</summary>
    internal long BackboneWeights => counts.BackboneWeights;

    /// <summary>Checks that parameters can go from a model of this plan to one of another.</summary>
    /// <param name="other">The other plan.</param>
    /// <param name="isExpanded">Whether the parameters are an expanded model's, so that expansions have to be the same.</param>
    /// <exception cref="ArgumentException">A layer differs.</exception>
    internal void RequireSameLayers(ModelPlan other, bool isExpanded)
    {
        if (Layers.Count != other.Layers.Count)
            throw new ArgumentException($"{Name} has {Layers.Count} layers, but {other.Name} has {other.Layers.Count}.", nameof(other));
        foreach ((LayerPlan own, LayerPlan copy) in Layers.Zip(other.Layers))
        {
            if (own.DenseParent != copy.DenseParent with { Name = own.Name })
                throw new ArgumentException($"{Name}.{own.Name} is {own.DenseParent}, but {other.Name} has {copy.DenseParent}.", nameof(other));
            if (isExpanded && own != copy with { Name = own.Name })
                throw new ArgumentException($"{Name} is expanded, but {other.Name}.{copy.Name} plans another expansion; copy to a model of the same plan.", nameof(other));
        }
    }

    private static void CheckChain(string name, int inputs, IReadOnlyList<LayerPlan> layers)
    {
        if (layers.Count == 0)
            throw new ArgumentException($"{name} has no layer; give at least one.", nameof(layers));

        int width = inputs;
        foreach (LayerPlan layer in layers)
        {
            if (layer.Inputs != width)
                throw new ArgumentException($"{name}.{layer.Name} reads {layer.Inputs} values, but gets {width}.", nameof(layers));
            width = layer.Outputs;
        }
    }


    private void Require(string what, long declared, long counted)
    {
        if (declared != counted)
            throw new WeightCountException(Name, what, declared, counted);
    }
}
