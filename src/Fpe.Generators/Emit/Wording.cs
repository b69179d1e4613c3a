using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Fpe.Counting;
using Fpe.Generators.Model;
using Fpe.Generators.Naming;
using static System.FormattableString;

namespace Fpe.Generators.Emit;

/// <summary>The documentation of emitted members: shapes, counts and the formulas behind them.</summary>
internal sealed class Wording
{
    private readonly ModelSpec model;
    private readonly ModelGraph graph;
    private readonly WeightCounts counts;

    /// <summary>Every layer, from input to output.</summary>
    private readonly CountedLayer[] layers;

    /// <summary>The layers with weights, in the order of the counts.</summary>
    private readonly CountedLayer[] weighted;

    public Wording(ModelSpec model, ModelGraph graph, WeightCounts counts)
    {
        this.model = model;
        this.graph = graph;
        this.counts = counts;
        layers = [.. CountedLayer.Of(model, graph, counts)];
        weighted = [.. layers.Where(layer => layer.Weights is not null)];
    }

    private bool IsExpanded => weighted.Any(layer => layer.Expansion.IsExpanded);

    private bool IsPruned => counts.Pruned > 0;

    public string OfModel()
    {
        string sizes = counts.CountBiases
            ? Invariant($"{counts.Expanded} weights and {counts.ExpandedBiases} biases, {counts.NonZero} in all")
            : Words.Count(counts.Expanded, "weight");
        string asDense = IsExpanded && model.Budget is null ? ", as many as the dense parent" : string.Empty;
        return counts.LearnsEdges
            ? $"{model.Sample}{Shapes}. Ends with exactly {sizes}{asDense}; at most {Words.Count(counts.BeforePruning, "weight")} during training."
            : $"{model.Sample}{Shapes}. {sizes}{asDense}.";
    }

    public string OfInputCount() => model.Sample.Vocabulary > 0 ? Invariant($"The largest number of tokens of a sample; they are numbers from 0 to {model.Sample.Vocabulary - 1}, and −1 after the last one.")
        : HasInputs ? $"The number of values of a sample: {Inputs}."
        : model.Sample.Image is { } image
        ? $"The number of values of a sample, an image of {image}, stored channel by channel and row by row."
        : "The number of features of a sample.";

    private bool HasInputs => model.Plans.Any(plan => plan is InputPlan);

    /// <summary>The inputs of a sample with their sizes.</summary>
    private string Inputs => string.Join(", ", model.Plans.OfType<InputPlan>().Select(input => Invariant($"{input.Count} of {input.Name}")));

    public string OfBatch() => model.Sample.Image is { } image
        ? Invariant($"[batch, {image.Channels}, {image.Height}, {image.Width}]")
        : $"[batch, {model.Sample}]";

    public string OfSample() => model.Sample.Vocabulary > 0 ? Invariant($"Up to {model.Sample} tokens, each from 0 to {model.Sample.Vocabulary - 1}; −1 is no token.")
        : HasInputs ? $"The {model.Sample} values of the sample: {Inputs}."
        : model.Sample.Image is { } image
        ? $"The {image} values of the image."
        : $"The {model.Sample} features of the sample.";

    public string OfDenseWeights() => $"The number of weights of the dense parent: {Sum(weighted.Select(layer => layer.DenseTerm))}.";

    public string OfWeightsBeforePruning() => counts.LearnsEdges
        ? $"The maximum number of weights during training: {ExpandedTerms}."
        : $"The number of weights after expansion, before pruning: {ExpandedTerms}.";

    public string OfExpandedWeights() => $"The number of non-zero weights {(counts.LearnsEdges ? "after training" : "of the expanded model")}: {Origin}.";

    public string OfPrunedWeights() => !IsPruned ? "The number of weights pruned at expansion: none."
        : counts.LearnsEdges ? Invariant($"The number of weights that can exist during training but are not kept: {ExpandedTerms} − {counts.Expanded}.")
        : Invariant($"The number of weights pruned at expansion, the smallest in {Prunable}: {ExpandedTerms} − {counts.Expanded}.");

    public string OfDenseBiases() =>
        $"The number of biases of the dense parent{WithNorms}: {Sum(Terms(layer => layer.DenseBiases, parameters => parameters.DenseCount))}.";

    public string OfExpandedBiases() =>
        $"The number of biases of the expanded model, one per child{WithNorms}: {Sum(Terms(layer => layer.ExpandedBiases, parameters => parameters.ExpandedCount(graph.Sizes)))}.";

    public string OfNonZeroCount()
    {
        string what = counts.LearnsEdges ? "The number that a budget sets" : "The number that a budget limits";
        return counts.CountBiases
            ? Invariant($"{what}: {counts.Expanded} weights + {counts.ExpandedBiases} biases.")
            : $"{what}: the non-zero weights {(counts.LearnsEdges ? "after training" : "of the expanded model")}.";
    }

    public string OfTableWeights() =>
        $"The number of values in tables of tokens, which no budget counts: {Sum(model.Plans.SelectMany(plan => plan.Parameters).Where(parameter => parameter.Role == ParameterRole.Table).Select(parameter => string.Join("·", parameter.Shape)))}.";

    /// <param name="l">Which of the layers with weights.</param>
    public string OfLayerDenseWeights(int l) =>
        $"The number of weights of {weighted[l].Plan.Name} in the dense parent: {weighted[l].DenseTerm}.";

    /// <param name="l">Which of the layers with weights.</param>
    public string OfLayerWeightsBeforePruning(int l)
    {
        CountedLayer layer = weighted[l];
        if (counts.LearnsEdges && !layer.IsBackbone)
            return $"The maximum number of weights of {layer.Plan.Name} during training: {layer.ExpandedTerm}; {layer.Kept}.";

        string kept = IsPruned && !layer.IsBackbone
            ? $"; pruning considers {Prunable}, so the number that is kept is known only afterwards"
            : "; none is pruned";
        return $"The number of weights of {layer.Plan.Name} after expansion: {layer.ExpandedTerm}{kept}.";
    }

    /// <param name="index">Which of all layers.</param>
    public string OfLayer(int index)
    {
        CountedLayer layer = layers[index];
        return layer.Weights is { } weights ? $"{layer.Description}; {OfWeights(layer, weights)}." : $"{layer.Description}.";
    }

    /// <summary>The shapes after the sample's, layer by layer. A layer that does not read the previous one names what it reads.</summary>
    private string Shapes
    {
        get
        {
            var text = new StringBuilder();
            for (int l = 0; l < layers.Length; l++)
            {
                LayerPlan plan = layers[l].Plan;
                string shape = layers[l].ShapeAfter;
                if (plan.From.Count == 1 && graph.Sources[l][0] != l - 1)
                    text.Append($"; from {Words.Sources(plan.From, string.Empty)}");
                if (shape.Length > 0)
                    text.Append(" → ").Append(shape);
            }

            return text.ToString();
        }
    }

    /// <summary>The parameters that count as biases in addition to them.</summary>
    private string WithNorms => graph.UnitParameters.Count == 0 ? string.Empty : ", and the scales and shifts of norms";

    private IEnumerable<string> Terms(Func<LayerWeights, long> ofLayer, Func<UnitParameters, long> ofNorm) =>
        counts.Layers.Select(ofLayer).Concat(graph.UnitParameters.Select(ofNorm)).Select(count => Invariant($"{count}"));

    /// <summary>The origin of the number of non-zero weights.</summary>
    private string Origin
    {
        get
        {
            if (model.Budget is { } budget)
                return counts.CountBiases ? Invariant($"the budget of {budget} minus {counts.ExpandedBiases} biases") : "the budget";
            return counts.CountBiases && counts.ExpandedBiases > counts.DenseBiases
                ? Invariant($"{counts.Dense} minus {counts.ExpandedBiases - counts.DenseBiases} for the additional biases")
                : "as many as the dense parent has";
        }
    }

    private string ExpandedTerms => Sum(weighted.Select(layer => layer.ExpandedTerm));

    /// <summary>The weights that pruning considers.</summary>
    private string Prunable => weighted.Any(layer => layer.IsBackbone)
        ? $"all {Words.Either([.. weighted.Where(layer => !layer.IsBackbone).Select(layer => layer.Kind).Distinct()])} layers"
        : "the whole model";

    private string OfWeights(CountedLayer layer, LayerWeights weights)
    {
        if (!IsExpanded || layer.IsBackbone)
            return Words.Count(weights.Dense, "weight");

        string dense = weights.BeforePruning == weights.Dense ? string.Empty : Invariant($", {weights.Dense} in the dense parent");
        if (counts.LearnsEdges)
            return $"at most {Words.Count(weights.BeforePruning, "weight")} during training{dense}; {layer.Kept}";
        if (!IsPruned)
            return Invariant($"{weights.BeforePruning} weights kept of {weights.Dense}{layer.PerChild}");
        return Invariant($"{weights.BeforePruning} weights{layer.PerChild}{(layer.PerChild.Length > 0 ? "," : string.Empty)} before pruning{dense}");
    }

    private static string Sum(IEnumerable<string> terms) => string.Join(" + ", terms);
}
