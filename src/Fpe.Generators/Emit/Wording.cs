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

    private EquatableArray<WeightedLayerSpec> Layers => model.Weighted;

    private bool IsExpanded => Layers.Any(layer => layer is LinearSpec { Expansion.IsExpanded: true });

    private bool IsPruned => counts.Pruned > 0;

    public string OfModel()
    {
        string chain = string.Join(" → ", model.Layers.Select(ShapeAfter).Where(shape => shape.Length > 0));
        string sizes = counts.CountBiases
            ? Invariant($"{counts.Expanded} weights and {counts.ExpandedBiases} biases, {counts.NonZero} in all")
            : Count(counts.Expanded, "weight");
        string sample = model.Image?.ToString() ?? Invariant($"{model.InputCount}");
        string asDense = IsExpanded && model.Budget is null ? ", as many as the dense parent" : string.Empty;
        return counts.LearnsEdges
            ? Invariant($"{sample} → {chain}. Ends with exactly {sizes}{asDense}; at most {Count(counts.BeforePruning, "weight")} while it trains.")
            : $"{sample} → {chain}. {sizes}{asDense}.";
    }

    public string OfInputCount() => model.Image is { } image
        ? $"Values of one sample, an image of {image}: channel by channel, and each row by row."
        : "Features of one sample.";

    public string OfBatch() => model.Image is { } image
        ? Invariant($"[batch, {image.Channels}, {image.Height}, {image.Width}]")
        : Invariant($"[batch, {model.InputCount}]");

    public string OfSample() => model.Image is { } image
        ? $"The {image} values of the image."
        : Invariant($"The {model.InputCount} features of the sample.");

    public string OfDenseWeights() => $"Weights of the dense parent: {DenseTerms}.";

    public string OfWeightsBeforePruning() => counts.LearnsEdges
        ? $"The most weights that the model has while it trains: {ExpandedTerms}."
        : $"Weights after expansion, before pruning: {ExpandedTerms}.";

    public string OfExpandedWeights() => $"Non-zero weights {(counts.LearnsEdges ? "that the model ends with" : "of the expanded model")}: {Origin}.";

    public string OfPrunedWeights() => !IsPruned ? "Weights pruned at expansion: none."
        : counts.LearnsEdges ? Invariant($"Weights that can exist while the model trains, but are not kept: {ExpandedTerms} − {counts.Expanded}.")
        : Invariant($"Weights pruned at expansion, the smallest in {Prunable}: {ExpandedTerms} − {counts.Expanded}.");

    public string OfDenseBiases() => $"Biases of the dense parent: {Sum(Layers.Select(layer => Invariant($"{layer.Size.Neurons}")))}.";

    public string OfExpandedBiases() =>
        $"Biases of the expanded model, one a child: {Sum(Layers.Select(layer => Invariant($"{(long)layer.Size.Neurons * layer.Size.Factor}")))}.";

    public string OfNonZeroCount()
    {
        string what = counts.LearnsEdges ? "What a budget sets" : "What a budget limits";
        return counts.CountBiases
            ? Invariant($"{what}: {counts.Expanded} weights + {counts.ExpandedBiases} biases.")
            : $"{what}: the non-zero weights {(counts.LearnsEdges ? "that the model ends with" : "of the expanded model")}.";
    }

    public string OfLayerDenseWeights(int l) =>
        $"Weights of {Layers[l].Name} in the dense parent: {DenseTerm(Layers[l])}.";

    public string OfLayerWeightsBeforePruning(int l)
    {
        if (counts.LearnsEdges && Layers[l] is LinearSpec)
            return $"The most weights of {Layers[l].Name} while the model trains: {ExpandedTerm(l)}; {KeptOf(l)}.";

        string kept = IsPruned && Layers[l] is LinearSpec
            ? $"; pruning looks at {Prunable}, so how many are kept is known only after it"
            : "; none is pruned";
        return Invariant($"Weights of {Layers[l].Name} after expansion: {ExpandedTerm(l)}{kept}.");
    }

    public string OfLayer(LayerSpec layer)
    {
        switch (layer)
        {
            case DropoutSpec dropout:
                return Invariant($"{Count(WidthAt(dropout), "value")}, each set to zero with probability {dropout.Rate:R} while training.");
            case MaxPool2dSpec pool:
                return Invariant($"{pool.Input} → {pool.Output}, the largest of {pool.Kernel} × {pool.Kernel} values{Steps(pool.Stride)}.");
            case FlattenSpec flatten:
                return Invariant($"{flatten.Input} → {flatten.Input.Count} values.");
            default:
                int l = IndexOf((WeightedLayerSpec)layer);
                return $"{(layer is Conv2dSpec convolution ? Shape(convolution) : Shape(l))}; {Weights(l)}.";
        }
    }

    /// <summary>Values that pass through a dropout layer after expansion.</summary>
    private long WidthAt(DropoutSpec dropout)
    {
        LinearSpec? below = model.Layers.TakeWhile(layer => layer != dropout).OfType<LinearSpec>().LastOrDefault();
        return (long)dropout.Width * (below?.Expansion.Factor ?? 1);
    }

    private int IndexOf(WeightedLayerSpec layer) => Enumerable.Range(0, Layers.Count).First(l => Layers[l].Name == layer.Name);

    private string Shape(int l)
    {
        var layer = (LinearSpec)Layers[l];
        long width = l == 0 ? layer.Inputs : (long)layer.Inputs * Layers[l - 1].Size.Factor;
        string inputs = FanIn(l) == width ? Count(width, "input") : Invariant($"{FanIn(l)} of {width} inputs");
        string children = layer.Expansion.Factor == 1 ? string.Empty : Invariant($" × {layer.Expansion.Factor} children");
        return $"{inputs} → {Count(layer.Neurons, "neuron")}{children}{Activation(layer)}";
    }

    private static string Shape(Conv2dSpec layer)
    {
        string padding = layer.Padding == 0 ? string.Empty : Invariant($", padding {layer.Padding}");
        return Invariant($"{layer.Input} → {layer.Output}, {layer.Kernel} × {layer.Kernel} windows{Steps(layer.Stride)}{padding}{Activation(layer)}");
    }

    private static string Steps(int stride) => stride == 1 ? string.Empty : Invariant($" in steps of {stride}");

    private static string Activation(WeightedLayerSpec layer) => layer.Activation switch
    {
        ActivationFunction.Relu => ", ReLU",
        ActivationFunction.Gelu => ", GELU",
        ActivationFunction.Tanh => ", tanh",
        ActivationFunction.Sigmoid => ", sigmoid",
        _ => string.Empty,
    };

    /// <summary>Where the number of non-zero weights comes from.</summary>
    private string Origin
    {
        get
        {
            if (model.Budget is { } budget)
                return counts.CountBiases ? Invariant($"the budget of {budget} less {counts.ExpandedBiases} biases") : "the budget";
            return counts.CountBiases && counts.ExpandedBiases > counts.DenseBiases
                ? Invariant($"{counts.Dense} less {counts.ExpandedBiases - counts.DenseBiases} for the extra biases")
                : "as many as the dense parent has";
        }
    }

    private string Weights(int l)
    {
        LayerWeights weights = counts.Layers[l];
        if (!IsExpanded || Layers[l] is Conv2dSpec)
            return Count(weights.Dense, "weight");

        string dense = weights.BeforePruning == weights.Dense ? string.Empty : Invariant($", {weights.Dense} in the dense parent");
        if (counts.LearnsEdges)
            return Invariant($"at most {Count(weights.BeforePruning, "weight")} while it trains{dense}; {KeptOf(l)}");
        if (!IsPruned)
            return Invariant($"{weights.BeforePruning} weights kept of {weights.Dense}{PerChild(l)}");

        string perChild = PerChild(l);
        return Invariant($"{weights.BeforePruning} weights{perChild}{(perChild.Length > 0 ? "," : string.Empty)} before pruning{dense}");
    }

    /// <summary>Children of a random split have sizes that are known; those of other strategies depend on the groups.</summary>
    private string PerChild(int l)
    {
        if (Layers[l] is not LinearSpec { Expansion: { Factor: > 1, Strategy: Split.Random } } layer)
            return string.Empty;

        long copies = FanIn(l) / layer.Inputs;
        long least = layer.Inputs / layer.Expansion.Factor * copies;
        string pattern = layer.Expansion.Within > 0 ? $" ({Pattern(layer.Expansion)})" : string.Empty;
        return layer.Inputs % layer.Expansion.Factor == 0
            ? Invariant($", {least} per child{pattern}")
            : Invariant($", {least} or {least + copies} per child");
    }

    /// <summary>What a layer of a model that learns its edges ends with, as far as it is known before training.</summary>
    private string KeptOf(int l) => Layers[l] is LinearSpec { Expansion: { Within: > 0 } pattern }
        ? Invariant($"each child keeps {Pattern(pattern)}, {counts.Layers[l].Ceiling} in all")
        : "how many are kept is learned";

    private static string Pattern(ExpansionSpec expansion) =>
        Invariant($"{expansion.Within / expansion.Factor} of every {expansion.Within} inputs");

    private string DenseTerms => Sum(Layers.Select(DenseTerm));

    private string ExpandedTerms => Sum(Enumerable.Range(0, Layers.Count).Select(ExpandedTerm));

    /// <summary>What pruning looks at.</summary>
    private string Prunable => model.Layers.Any(layer => layer is Conv2dSpec) ? "all Linear layers" : "the whole model";

    private static string DenseTerm(WeightedLayerSpec layer) => layer is Conv2dSpec convolution
        ? Invariant($"{convolution.Input.Channels}·{convolution.Kernel}·{convolution.Kernel}·{convolution.Output.Channels}")
        : Invariant($"{layer.Size.Inputs}·{layer.Size.Neurons}");

    private string ExpandedTerm(int l)
    {
        if (Layers[l] is Conv2dSpec)
            return DenseTerm(Layers[l]);
        LayerSize size = Layers[l].Size;
        string children = size.LearnsEdges && size.Factor > 1 ? Invariant($"·{size.Factor}") : string.Empty;
        return Invariant($"{FanIn(l)}·{size.Neurons}{children}");
    }

    /// <summary>Edges that the children of one neuron have together, before pruning; where edges are learned, those that each can have.</summary>
    private long FanIn(int l) => l == 0 ? Layers[l].Size.Inputs : (long)Layers[l].Size.Inputs * Layers[l - 1].Size.OutgoingCopies;

    /// <summary>What leaves a layer; empty where that is what enters it.</summary>
    private static string ShapeAfter(LayerSpec layer) => layer switch
    {
        LinearSpec { Expansion.Factor: 1 } linear => Invariant($"{linear.Neurons}"),
        LinearSpec linear => Invariant($"{linear.Neurons} × {linear.Expansion.Factor} children"),
        Conv2dSpec convolution => convolution.Output.ToString(),
        MaxPool2dSpec pool => pool.Output.ToString(),
        FlattenSpec flatten => Invariant($"{flatten.Input.Count}"),
        _ => string.Empty,
    };

    private static string Sum(IEnumerable<string> terms) => string.Join(" + ", terms);

    private static string Count(long number, string noun) => Invariant($"{number} {noun}{(number == 1 ? string.Empty : "s")}");
}
