using System;
using System.Collections.Generic;
using System.Linq;
using Fpe.Compute;
using Fpe.Counting;
using Fpe.Expansion;
using Fpe.Generators.Model;
using static System.FormattableString;

namespace Fpe.Generators.Emit;

/// <summary>The documentation of emitted members: shapes, counts and the formulas behind them.</summary>
internal sealed class Wording
{
    private readonly ModelSpec model;
    private readonly WeightCounts counts;

    /// <summary>The layers with weights, from input to output.</summary>
    private readonly LayerPlan[] weighted;

    /// <summary>What the counting rules need to know of them.</summary>
    private readonly LayerSize[] sizes;

    public Wording(ModelSpec model, WeightCounts counts)
    {
        this.model = model;
        this.counts = counts;
        weighted = [.. model.Plans.Where(plan => plan.Size is not null)];
        sizes = [.. weighted.Select(plan => plan.Size).OfType<LayerSize>()];
    }

    private bool IsExpanded => weighted.Any(layer => layer is LinearPlan { Expansion.IsExpanded: true });

    private bool IsPruned => counts.Pruned > 0;

    public string OfModel()
    {
        string chain = string.Join(" → ", model.Plans.Select(ShapeAfter).Where(shape => shape.Length > 0));
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

    public string OfDenseBiases() => $"Biases of the dense parent: {Sum(sizes.Select(size => Invariant($"{size.Neurons}")))}.";

    public string OfExpandedBiases() =>
        $"Biases of the expanded model, one a child: {Sum(sizes.Select(size => Invariant($"{(long)size.Neurons * size.Factor}")))}.";

    public string OfNonZeroCount()
    {
        string what = counts.LearnsEdges ? "What a budget sets" : "What a budget limits";
        return counts.CountBiases
            ? Invariant($"{what}: {counts.Expanded} weights + {counts.ExpandedBiases} biases.")
            : $"{what}: the non-zero weights {(counts.LearnsEdges ? "that the model ends with" : "of the expanded model")}.";
    }

    public string OfLayerDenseWeights(int l) =>
        $"Weights of {weighted[l].Name} in the dense parent: {DenseTerm(weighted[l])}.";

    public string OfLayerWeightsBeforePruning(int l)
    {
        if (counts.LearnsEdges && weighted[l] is LinearPlan)
            return $"The most weights of {weighted[l].Name} while the model trains: {ExpandedTerm(l)}; {KeptOf(l)}.";

        string kept = IsPruned && weighted[l] is LinearPlan
            ? $"; pruning looks at {Prunable}, so how many are kept is known only after it"
            : "; none is pruned";
        return Invariant($"Weights of {weighted[l].Name} after expansion: {ExpandedTerm(l)}{kept}.");
    }

    public string OfLayer(LayerPlan layer)
    {
        switch (layer)
        {
            case DropoutPlan dropout:
                return Invariant($"{Count(WidthAt(dropout), "value")}, each set to zero with probability {dropout.Rate:R} while training.");
            case MaxPool2dPlan pool:
                return Invariant($"{pool.Input} → {pool.Shape.Output}, the largest of {pool.Kernel} × {pool.Kernel} values{Steps(pool.Stride)}.");
            case FlattenPlan flatten:
                return Invariant($"{flatten.Input} → {flatten.Input.Count} values.");
            default:
                int l = IndexOf(layer);
                return $"{(layer is Conv2dPlan convolution ? Shape(convolution) : Shape(l))}; {Weights(l)}.";
        }
    }

    /// <summary>Values that pass through a dropout layer after expansion.</summary>
    private long WidthAt(DropoutPlan dropout)
    {
        LinearPlan? below = model.Plans.TakeWhile(layer => layer != dropout).OfType<LinearPlan>().LastOrDefault();
        return (long)dropout.Width * (below?.Expansion.Factor ?? 1);
    }

    private int IndexOf(LayerPlan layer) => Array.FindIndex(weighted, plan => plan.Name == layer.Name);

    private string Shape(int l)
    {
        var layer = (LinearPlan)weighted[l];
        long width = l == 0 ? layer.Inputs : (long)layer.Inputs * sizes[l - 1].Factor;
        string inputs = FanIn(l) == width ? Count(width, "input") : Invariant($"{FanIn(l)} of {width} inputs");
        string children = layer.Expansion.Factor == 1 ? string.Empty : Invariant($" × {layer.Expansion.Factor} children");
        return $"{inputs} → {Count(layer.Neurons, "neuron")}{children}{Activation(layer.Activation)}";
    }

    private static string Shape(Conv2dPlan layer)
    {
        string padding = layer.Padding == 0 ? string.Empty : Invariant($", padding {layer.Padding}");
        return Invariant($"{layer.Input} → {layer.Shape.Output}, {layer.Kernel} × {layer.Kernel} windows{Steps(layer.Stride)}{padding}{Activation(layer.Activation)}");
    }

    private static string Steps(int stride) => stride == 1 ? string.Empty : Invariant($" in steps of {stride}");

    private static string Activation(ActivationFunction activation) => activation switch
    {
        ActivationFunction.Relu => ", ReLU",
        ActivationFunction.Gelu => ", GELU",
        ActivationFunction.Tanh => ", tanh",
        ActivationFunction.Sigmoid => ", sigmoid",
        ActivationFunction.Identity => string.Empty,
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "The function has no name."),
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
        if (!IsExpanded || weighted[l] is Conv2dPlan)
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
        if (weighted[l] is not LinearPlan { Expansion: { Factor: > 1, Strategy: Split.Random } } layer)
            return string.Empty;

        long copies = FanIn(l) / layer.Inputs;
        long least = layer.Inputs / layer.Expansion.Factor * copies;
        string pattern = layer.Expansion.Within > 0 ? $" ({Pattern(layer.Expansion)})" : string.Empty;
        return layer.Inputs % layer.Expansion.Factor == 0
            ? Invariant($", {least} per child{pattern}")
            : Invariant($", {least} or {least + copies} per child");
    }

    /// <summary>What a layer of a model that learns its edges ends with, as far as it is known before training.</summary>
    private string KeptOf(int l) => weighted[l] is LinearPlan { Expansion: { Within: > 0 } pattern }
        ? Invariant($"each child keeps {Pattern(pattern)}, {counts.Layers[l].Ceiling} in all")
        : "how many are kept is learned";

    private static string Pattern(ExpansionPlan expansion) =>
        Invariant($"{expansion.Within / expansion.Factor} of every {expansion.Within} inputs");

    private string DenseTerms => Sum(weighted.Select(DenseTerm));

    private string ExpandedTerms => Sum(Enumerable.Range(0, weighted.Length).Select(ExpandedTerm));

    /// <summary>What pruning looks at.</summary>
    private string Prunable => model.Plans.Any(layer => layer is Conv2dPlan) ? "all Linear layers" : "the whole model";

    private static string DenseTerm(LayerPlan layer) => layer is Conv2dPlan convolution
        ? Invariant($"{convolution.Input.Channels}·{convolution.Kernel}·{convolution.Kernel}·{convolution.Filters}")
        : Invariant($"{layer.Inputs}·{layer.Outputs}");

    private string ExpandedTerm(int l)
    {
        if (weighted[l] is Conv2dPlan)
            return DenseTerm(weighted[l]);
        LayerSize size = sizes[l];
        string children = size.LearnsEdges && size.Factor > 1 ? Invariant($"·{size.Factor}") : string.Empty;
        return Invariant($"{FanIn(l)}·{size.Neurons}{children}");
    }

    /// <summary>Edges that the children of one neuron have together, before pruning; where edges are learned, those that each can have.</summary>
    private long FanIn(int l) => l == 0 ? sizes[l].Inputs : (long)sizes[l].Inputs * sizes[l - 1].OutgoingCopies;

    /// <summary>What leaves a layer; empty where that is what enters it.</summary>
    private static string ShapeAfter(LayerPlan layer) => layer switch
    {
        LinearPlan { Expansion.Factor: 1 } linear => Invariant($"{linear.Neurons}"),
        LinearPlan linear => Invariant($"{linear.Neurons} × {linear.Expansion.Factor} children"),
        Conv2dPlan convolution => convolution.Shape.Output.ToString(),
        MaxPool2dPlan pool => pool.Shape.Output.ToString(),
        FlattenPlan flatten => Invariant($"{flatten.Input.Count}"),
        _ => string.Empty,
    };

    private static string Sum(IEnumerable<string> terms) => string.Join(" + ", terms);

    private static string Count(long number, string noun) => Invariant($"{number} {noun}{(number == 1 ? string.Empty : "s")}");
}
