using Fpe.Counting;
using Fpe.Expansion;
using Fpe.Sparsity;
using static System.FormattableString;

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
    /// <param name="budget">
    /// Non-zero weights, and biases if they are counted, that a model ends with whose edges are learned; null for as many as the dense
    /// parent has.
    /// </param>
    /// <exception cref="PlanException">
    /// There is no layer, a layer reads another number of values than the one below gives, two layers have one name, an expansion cannot
    /// work, a layer is too large, some layers learn their edges and others are split, or the budget is out of reach: there are fewer
    /// weights, or some layer would be left with too few.
    /// </exception>
    public ModelPlan(string name, int inputs, IReadOnlyList<LayerPlan> layers, bool countBiases = false, long? budget = null)
    {
        ArgumentNullException.ThrowIfNull(layers);
        Name = string.IsNullOrWhiteSpace(name) ? throw new PlanException("a model", "its name is empty; give it one.") : name;
        InputCount = PlanException.RequirePositive(name, "the number of inputs", inputs);
        CountBiases = countBiases;
        Layers = [.. layers];
        CheckChain();
        CheckNames();
        CheckExpansions();
        CheckSizes();
        counts = WeightCounts.Of([.. layers.Select(layer => layer.Size).OfType<LayerSize>()], countBiases, budget);
        if (budget is not null && !counts.LearnsEdges)
            throw new PlanException(Name, "a budget is what a model ends with whose edges are learned, but no layer has Split.Learned; leave the budget out.");
        if (ExpansionRules.BudgetProblem(counts, counts.ExpandedLinearWeights) is { } problem)
            throw new PlanException(Name, problem);
    }

    /// <summary>Creates a plan; emitted code passes the counts that it also shows as constants.</summary>
    /// <param name="name">Name of the model class.</param>
    /// <param name="inputs">Features of one sample.</param>
    /// <param name="countBiases">Whether the budget is weights and biases instead of weights alone.</param>
    /// <param name="denseWeights">Weights of the dense parent.</param>
    /// <param name="weightsBeforePruning">Weights after expansion and before pruning.</param>
    /// <param name="expandedWeights">Non-zero weights of the expanded model.</param>
    /// <param name="layers">The layers, from input to output.</param>
    /// <param name="budget">What a model ends with whose edges are learned; null for as much as the dense parent has.</param>
    /// <exception cref="WeightCountException">A count is not what the counting rules give for the layers.</exception>
    public ModelPlan(
        string name, int inputs, bool countBiases,
        long denseWeights, long weightsBeforePruning, long expandedWeights,
        IReadOnlyList<LayerPlan> layers, long? budget = null)
        : this(name, inputs, layers, countBiases, budget)
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

    /// <summary>Whether the expanded layers learn their edges in training (<see cref="Split.Learned"/>).</summary>
    public bool LearnsEdges => counts.LearnsEdges;

    /// <summary>Weights of the dense parent.</summary>
    public long DenseWeights => counts.Dense;

    /// <summary>Weights after expansion and before pruning; where edges are learned, the most that a model ever has.</summary>
    public long WeightsBeforePruning => counts.BeforePruning;

    /// <summary>Non-zero weights of the expanded model.</summary>
    public long ExpandedWeights => counts.Expanded;

    /// <summary>Weights that pruning removes, at expansion or in training.</summary>
    public long PrunedWeights => counts.Pruned;

    /// <summary>Biases of the dense parent.</summary>
    public long DenseBiases => counts.DenseBiases;

    /// <summary>Biases of the expanded model.</summary>
    public long ExpandedBiases => counts.ExpandedBiases;

    /// <summary>Values for each sample where there are most: what enters the model, or leaves a layer when it is expanded.</summary>
    internal int MaximumWidth => Math.Max(InputCount, Layers.Max(layer => layer is LinearPlan linear ? linear.ChildRows.Count : layer.Outputs));

    /// <summary>Samples of the largest batch whose values fit into one array for every layer.</summary>
    internal int MaximumBatch => Array.MaxLength / MaximumWidth;

    /// <summary>Counts by layer with weights, from input to output.</summary>
    internal IReadOnlyList<LayerWeights> LayerCounts => counts.Layers;

    /// <summary>Non-zero weights of <see cref="Linears"/> in the expanded model: all but those of convolutions.</summary>
    internal long ExpandedLinearWeights => counts.ExpandedLinearWeights;

    /// <summary>Weights of convolutions, in the dense parent as in the expanded model.</summary>
    internal long BackboneWeights => counts.BackboneWeights;

    /// <summary>The shapes of <see cref="Linears"/> in the expanded model.</summary>
    internal LayerShape[] LayerShapes() => LayerShape.Of([.. Linears.Select(layer => (layer.Name, layer.Inputs, layer.Neurons, layer.Expansion))]);

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

    private void CheckChain()
    {
        if (Layers.Count == 0)
            throw new PlanException(Name, "there is no layer; give at least one.");

        int width = InputCount;
        foreach (LayerPlan layer in Layers)
        {
            if (layer.Inputs != width)
                throw Broken(layer, $"the layer reads {layer.Inputs} values, but gets {width}; make them equal.");
            width = layer.Outputs;
        }
    }

    /// <summary>Files hold parameters under the names of their layers, in lower case at the start.</summary>
    private void CheckNames()
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (LayerPlan layer in Layers)
        {
            if (!known.TryAdd(layer.NameInFiles, layer.Name))
                throw Broken(layer, $"the layer collides with the layer {known[layer.NameInFiles]}, since files name both {layer.NameInFiles}; rename it.");
        }
    }

    private void CheckExpansions()
    {
        for (int l = 0; l < Layers.Count; l++)
        {
            if (Layers[l] is not LinearPlan layer)
                continue;
            LayerPlan? reader = Layers.Skip(l + 1).FirstOrDefault(next => next is not DropoutPlan);
            ExpansionRules.CheckExpansion($"{Name}.{layer.Name}", layer.Inputs, layer.Expansion, reader is null ? null : (reader.Name, reader.Outputs));
            if (layer.Expansion.Factor > 1 && reader is not LinearPlan)
                throw Broken(layer, $"only a Linear layer can read an expanded one, but {reader!.Name} is none; use factor 1.");
        }

        ILookup<bool, LinearPlan> expanded = Linears.Where(layer => layer.Expansion.IsExpanded).ToLookup(layer => layer.Expansion.LearnsEdges);
        if (expanded[true].FirstOrDefault() is { } learned && expanded[false].FirstOrDefault() is { } split)
            throw Broken(learned, $"the layer learns its edges, but {split.Name} has Split.{split.Expansion.Strategy}; give all expanded layers Split.Learned, or none.");
    }

    /// <summary>What an expanded layer has to hold: its weights before pruning, and the values of its children.</summary>
    private void CheckSizes()
    {
        long copiesBelow = 1;
        foreach (LayerPlan layer in Layers)
        {
            if (layer.Size is not { } size)
                continue;
            UInt128 weights = (UInt128)size.Neurons * (UInt128)size.Inputs * (UInt128)copiesBelow * (UInt128)(size.LearnsEdges ? size.Factor : 1);
            if (weights > WeightCounts.MaximumWeights)
                throw Broken(layer, $"the layer would have {weights} weights, but can have {WeightCounts.MaximumWeights} at most; use fewer neurons or a smaller factor.");
            LayerPlan.RequireWidth($"{Name}.{layer.Name}", "children", (long)size.Neurons * size.Factor);
            copiesBelow = size.OutgoingCopies;
        }
    }

    private PlanException Broken(LayerPlan layer, FormattableString problem) => new($"{Name}.{layer.Name}", Invariant(problem));

    private void Require(string what, long declared, long counted)
    {
        if (declared != counted)
            throw new WeightCountException(Name, what, declared, counted);
    }
}
