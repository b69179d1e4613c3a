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
    private readonly ClassSpec model;
    private readonly ModelGraph graph;
    private readonly WeightCounts counts;

    /// <summary>Every layer, from input to output.</summary>
    private readonly CountedLayer[] layers;

    /// <summary>The layers with weights, in the order of the counts.</summary>
    private readonly CountedLayer[] weighted;

    public Wording(ClassSpec model, ModelGraph graph, WeightCounts counts)
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

    public string OfBlock()
    {
        string weights = IsExpanded ? Invariant($"{Words.Count(counts.Dense, "weight")} in the dense parent of each use") : Invariant($"{Words.Count(counts.Dense, "weight")} in each use");
        return $"{model.Sample}{Shapes}. {weights}.";
    }

    public string OfInputCount() => model is BlockSpec ? OfBlockInput()
        : model.Sample.Vocabulary > 0 ? Invariant($"The largest number of tokens of a sample; they are numbers from 0 to {model.Sample.Vocabulary - 1}, and −1 after the last one.")
        : HasInputs ? $"The number of values of a sample: {Inputs}."
        : model.Sample.Image is { } image ? $"The number of values of a sample, an image of {image}, stored channel by channel and row by row."
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

    public string OfDenseWeights() => $"The number of weights of the dense parent{OfEachUse}: {DenseTerms(model.Members)}.";

    public string OfWeightsBeforePruning() => counts.LearnsEdges
        ? $"The maximum number of weights during training: {AllExpandedTerms}."
        : $"The number of weights after expansion, before pruning: {AllExpandedTerms}.";

    public string OfExpandedWeights() => $"The number of non-zero weights {(counts.LearnsEdges ? "after training" : "of the expanded model")}: {Origin}.";

    public string OfPrunedWeights() => !IsPruned ? "The number of weights pruned at expansion: none."
        : counts.LearnsEdges ? Invariant($"The number of weights that can exist during training but are not kept: {AllExpandedTerms} − {counts.Expanded}.")
        : Invariant($"The number of weights pruned at expansion, the smallest in {Prunable}: {AllExpandedTerms} − {counts.Expanded}.");

    public string OfDenseBiases() =>
        $"The number of biases of the dense parent{OfEachUse}{WithNorms}: {Biases(layer => layer.DenseBiases, parameters => parameters.DenseCount)}.";

    public string OfExpandedBiases() =>
        $"The number of biases of the expanded model, one per child{WithNorms}: {Biases(layer => layer.ExpandedBiases, parameters => parameters.ExpandedCount(graph.Sizes))}.";

    public string OfNonZeroCount()
    {
        string what = counts.LearnsEdges ? "The number that a budget sets" : "The number that a budget limits";
        return counts.CountBiases
            ? Invariant($"{what}: {counts.Expanded} weights + {counts.ExpandedBiases} biases.")
            : $"{what}: the non-zero weights {(counts.LearnsEdges ? "after training" : "of the expanded model")}.";
    }

    public string OfTableWeights() =>
        $"The number of values in tables of tokens, which no budget counts: {Sum(model.Plans.SelectMany(plan => plan.Parameters).Where(parameter => parameter.Role == ParameterRole.Table).Select(parameter => string.Join("·", parameter.Shape)))}.";

    /// <summary>Returns the weights of a layer, or of all uses of a block by a property; null if it has none.</summary>
    public (long Dense, long BeforePruning)? CountsOf(MemberSpec member)
    {
        LayerWeights[] own = [.. Layers(member).Select(layer => layer.Weights).OfType<LayerWeights>()];
        return own.Length == 0 ? null : (own.Sum(layer => layer.Dense), own.Sum(layer => layer.BeforePruning));
    }

    public string OfDenseWeights(MemberSpec member) => $"The number of weights of {member.Name} in the dense parent: {DenseTerms([member])}.";

    public string OfWeightsBeforePruning(MemberSpec member)
    {
        CountedLayer[] own = [.. Layers(member).Where(layer => layer.Weights is not null)];
        bool isBackbone = own.All(layer => layer.IsBackbone);
        string terms = ExpandedTerms([member]);
        if (counts.LearnsEdges && !isBackbone)
            return $"The maximum number of weights of {member.Name} during training: {terms}; {(own.Length == 1 ? own[0].Kept : CountedLayer.KeptIsLearned)}.";

        string kept = IsPruned && !isBackbone
            ? $"; pruning considers {Prunable}, so the number that is kept is known only afterwards"
            : "; none is pruned";
        return $"The number of weights of {member.Name} after expansion: {terms}{kept}.";
    }

    public string OfUse(UseSpec use)
    {
        string uses = NameOf(use) + (use.Times > 1 ? ", each reading the one before it" : string.Empty);
        if (CountsOf(use) is not var (dense, before))
            return $"{uses}.";
        string each = use.Times > 1 ? Invariant($", {dense / use.Times} in each") : string.Empty;
        string inParent = Invariant($"{dense} in the dense parent{each}");
        return !IsExpanded || model is BlockSpec || Layers(use).All(layer => layer.Weights is null || layer.IsBackbone) ? $"{uses}; {Words.Count(dense, "weight")}{each}."
            : counts.LearnsEdges ? $"{uses}; at most {Words.Count(before, "weight")} during training, {inParent}."
            : IsPruned ? $"{uses}; {Words.Count(before, "weight")} before pruning, {inParent}."
            : $"{uses}; {Words.Count(before, "weight")} kept of {inParent}.";
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
            foreach (MemberSpec member in model.Members)
            {
                int l = member.First;
                IReadOnlyList<string> from = layers[l].Plan.From;
                string shape = member is UseSpec use ? NameOf(use) : layers[l].ShapeAfter;
                if (from.Count == 1 && graph.Sources[l][0] != l - 1)
                    text.Append($"; from {Words.Sources(from, string.Empty)}");
                if (shape.Length > 0)
                    text.Append(" → ").Append(shape);
            }

            return text.ToString();
        }
    }

    /// <summary>The parameters that count as biases in addition to them.</summary>
    private string WithNorms => graph.UnitParameters.Count == 0 ? string.Empty : ", and the scales and shifts of norms";

    private string OfEachUse => model is BlockSpec ? " in each use" : string.Empty;

    private string Biases(Func<LayerWeights, long> ofLayer, Func<UnitParameters, long> ofNorm)
    {
        string weighted = Terms(model.Members, layer => Invariant($"{ofLayer(layer.Weights!.Value)}"));
        IEnumerable<long> norms = graph.UnitParameters.Select(ofNorm);
        if (model.Members.OfType<UseSpec>().Any() && graph.UnitParameters.Count > 0)
            norms = [norms.Sum()];
        return Sum(new[] { weighted }.Where(terms => terms.Length > 0).Concat(norms.Select(count => Invariant($"{count}"))));
    }

    private string DenseTerms(IEnumerable<MemberSpec> members) => Terms(members, layer => layer.DenseTerm);

    private string ExpandedTerms(IEnumerable<MemberSpec> members) => Terms(members, layer => layer.ExpandedTerm);

    /// <summary>Returns the sum of a term for each layer with weights; equal uses of a block one after the other are multiplied.</summary>
    private string Terms(IEnumerable<MemberSpec> members, Func<CountedLayer, string> termOf)
    {
        var terms = new List<string>();
        foreach (MemberSpec member in members)
        {
            IEnumerable<int> starts = member is UseSpec use ? use.Starts : [member.First];
            int each = member is UseSpec repeated ? repeated.LayersEach : 1;
            (string Terms, int Count) last = (string.Empty, 0);
            foreach (int start in starts)
            {
                string[] own = [.. layers.Skip(start).Take(each).Where(layer => layer.Weights is not null).Select(termOf)];
                string sum = Sum(own);
                if (sum == last.Terms)
                {
                    last.Count++;
                    continue;
                }

                Add(last);
                last = (sum, 1);
            }

            Add(last);
        }

        return Sum(terms);

        void Add((string Terms, int Count) part)
        {
            if (part.Terms.Length > 0)
                terms.Add(part.Count == 1 ? part.Terms : part.Terms.Contains(" + ") ? Invariant($"{part.Count}·({part.Terms})") : Invariant($"{part.Count}·{part.Terms}"));
        }
    }

    private static string NameOf(UseSpec use) => use.IsRepeated ? Invariant($"{use.Times} × {use.Block}") : use.Block;

    private IEnumerable<CountedLayer> Layers(MemberSpec member) => layers.Skip(member.First).Take(member.Layers);

    private string OfBlockInput() => model.Sample.IsSequence
        ? $"The number of values that the block reads in the dense parent, a sequence of {model.Sample}, stored unit by unit."
        : model.Sample.Image is { } image
        ? $"The number of values that the block reads in the dense parent, an image of {image}, stored channel by channel and row by row."
        : "The number of values that the block reads in the dense parent.";

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

    private string AllExpandedTerms => ExpandedTerms(model.Members);

    /// <summary>The weights that pruning considers.</summary>
    private string Prunable => weighted.Any(layer => layer.IsBackbone)
        ? $"all {Words.Either([.. weighted.Where(layer => !layer.IsBackbone).Select(layer => layer.Kind).Distinct()])} layers"
        : "the whole model";

    private string OfWeights(CountedLayer layer, LayerWeights weights)
    {
        if (!IsExpanded || layer.IsBackbone)
            return Words.Count(weights.Dense, "weight");
        if (model is BlockSpec)
            return $"{Words.Count(weights.Dense, "weight")} in the dense parent";

        string dense = weights.BeforePruning == weights.Dense ? string.Empty : Invariant($", {weights.Dense} in the dense parent");
        if (counts.LearnsEdges)
            return $"at most {Words.Count(weights.BeforePruning, "weight")} during training{dense}; {layer.Kept}";
        if (!IsPruned)
            return Invariant($"{weights.BeforePruning} weights kept of {weights.Dense}{layer.PerChild}");
        return Invariant($"{weights.BeforePruning} weights{layer.PerChild}{(layer.PerChild.Length > 0 ? "," : string.Empty)} before pruning{dense}");
    }

    private static string Sum(IEnumerable<string> terms) => string.Join(" + ", terms);
}
