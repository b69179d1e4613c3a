using System;
using System.Collections.Generic;
using System.Linq;
using Fpe.Counting;
using Fpe.Generators.Model;
using static System.FormattableString;

namespace Fpe.Generators.Emit;

/// <summary>The documentation of emitted members: shapes, counts and the formulas behind them.</summary>
internal sealed class Wording
{
    private readonly ModelSpec model;
    private readonly WeightCounts counts;

    public Wording(ModelSpec model, WeightCounts counts)
    {
        this.model = model;
        this.counts = counts;
    }

    private EquatableArray<LinearSpec> Layers => model.Linears;

    private bool IsExpanded => Layers.Any(layer => layer.Expansion.Factor > 1);

    private bool IsPruned => counts.Pruned > 0;

    public string OfModel()
    {
        string chain = string.Join(" → ", Layers.Select(NeuronsAndChildren));
        string sizes = counts.CountBiases
            ? Invariant($"{counts.Expanded} weights and {counts.ExpandedBiases} biases, {counts.NonZero} in all")
            : Count(counts.Expanded, "weight");
        return Invariant($"{model.InputCount} → {chain}. {sizes}{(IsExpanded ? ", as many as the dense parent" : string.Empty)}.");
    }

    public string OfDenseWeights() => $"Weights of the dense parent: {DenseTerms}.";

    public string OfWeightsBeforePruning() => $"Weights after expansion, before pruning: {ExpandedTerms}.";

    public string OfExpandedWeights() => counts.CountBiases && IsPruned
        ? Invariant($"Non-zero weights of the expanded model: {counts.Dense} less {counts.ExpandedBiases - counts.DenseBiases} for the extra biases.")
        : "Non-zero weights of the expanded model: as many as the dense parent has.";

    public string OfPrunedWeights() => IsPruned
        ? Invariant($"Weights pruned at expansion, the smallest in the whole model: {ExpandedTerms} − {counts.Expanded}.")
        : "Weights pruned at expansion: none.";

    public string OfDenseBiases() => $"Biases of the dense parent: {Sum(Layers.Select(layer => Invariant($"{layer.Neurons}")))}.";

    public string OfExpandedBiases() =>
        $"Biases of the expanded model, one a child: {Sum(Layers.Select(layer => Invariant($"{(long)layer.Neurons * layer.Expansion.Factor}")))}.";

    public string OfNonZeroCount() => counts.CountBiases
        ? Invariant($"What a budget limits: {counts.Expanded} weights + {counts.ExpandedBiases} biases.")
        : "What a budget limits: the non-zero weights of the expanded model.";

    public string OfLayerDenseWeights(int l) =>
        Invariant($"Weights of {Layers[l].Name} in the dense parent: {Layers[l].Inputs}·{Layers[l].Neurons}.");

    public string OfLayerWeightsBeforePruning(int l)
    {
        string kept = IsPruned
            ? "; pruning looks at the whole model, so how many are kept is known only after it"
            : "; none is pruned";
        return Invariant($"Weights of {Layers[l].Name} after expansion: {FanIn(l)}·{Layers[l].Neurons}{kept}.");
    }

    public string OfLayer(LayerSpec layer)
    {
        if (layer is DropoutSpec dropout)
            return Invariant($"{Count(WidthAt(dropout), "value")}, each set to zero with probability {dropout.Rate:R} while training.");

        int l = IndexOf((LinearSpec)layer);
        return $"{Shape(l)}; {Weights(l)}.";
    }

    /// <summary>Values that pass through a dropout layer after expansion.</summary>
    private long WidthAt(DropoutSpec dropout)
    {
        long width = model.InputCount;
        foreach (LayerSpec layer in model.Layers.TakeWhile(layer => layer != dropout))
        {
            if (layer is LinearSpec linear)
                width = (long)linear.Neurons * linear.Expansion.Factor;
        }

        return width;
    }

    private int IndexOf(LinearSpec layer) => Enumerable.Range(0, Layers.Count).First(l => Layers[l].Name == layer.Name);

    private string Shape(int l)
    {
        LinearSpec layer = Layers[l];
        long width = l == 0 ? layer.Inputs : (long)layer.Inputs * Layers[l - 1].Expansion.Factor;
        string inputs = FanIn(l) == width ? Count(width, "input") : Invariant($"{FanIn(l)} of {width} inputs");
        string children = layer.Expansion.Factor == 1 ? string.Empty : Invariant($" × {layer.Expansion.Factor} children");
        string activation = layer.Activation switch
        {
            ActivationFunction.Relu => ", ReLU",
            ActivationFunction.Gelu => ", GELU",
            ActivationFunction.Tanh => ", tanh",
            ActivationFunction.Sigmoid => ", sigmoid",
            _ => string.Empty,
        };
        return $"{inputs} → {Count(layer.Neurons, "neuron")}{children}{activation}";
    }

    private string Weights(int l)
    {
        LayerWeights weights = counts.Layers[l];
        if (!IsExpanded)
            return Count(weights.Dense, "weight");
        if (!IsPruned)
            return Invariant($"{weights.BeforePruning} weights kept of {weights.Dense}{PerChild(l)}");

        string dense = weights.BeforePruning == weights.Dense ? string.Empty : Invariant($", {weights.Dense} in the dense parent");
        string perChild = PerChild(l);
        return Invariant($"{weights.BeforePruning} weights{perChild}{(perChild.Length > 0 ? "," : string.Empty)} before pruning{dense}");
    }

    /// <summary>Children of a random split have sizes that are known; those of other strategies depend on the groups.</summary>
    private string PerChild(int l)
    {
        LinearSpec layer = Layers[l];
        if (layer.Expansion is not { Factor: > 1, Strategy: Split.Random })
            return string.Empty;

        long copies = FanIn(l) / layer.Inputs;
        long least = layer.Inputs / layer.Expansion.Factor * copies;
        return layer.Inputs % layer.Expansion.Factor == 0
            ? Invariant($", {least} per child")
            : Invariant($", {least} or {least + copies} per child");
    }

    private string DenseTerms => Sum(Layers.Select(layer => Invariant($"{layer.Inputs}·{layer.Neurons}")));

    private string ExpandedTerms => Sum(Enumerable.Range(0, Layers.Count).Select(l => Invariant($"{FanIn(l)}·{Layers[l].Neurons}")));

    /// <summary>Edges that the children of one neuron have together, before pruning.</summary>
    private long FanIn(int l) => l == 0 ? Layers[l].Inputs : (long)Layers[l].Inputs * Layers[l - 1].Size.OutgoingCopies;

    private static string NeuronsAndChildren(LinearSpec layer) => layer.Expansion.Factor == 1
        ? Invariant($"{layer.Neurons}")
        : Invariant($"{layer.Neurons} × {layer.Expansion.Factor} children");

    private static string Sum(IEnumerable<string> terms) => string.Join(" + ", terms);

    private static string Count(long number, string noun) => Invariant($"{number} {noun}{(number == 1 ? string.Empty : "s")}");
}
