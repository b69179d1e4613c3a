using System.Collections.Generic;
using System.Linq;
using Fpe.Counting;
using Fpe.Expansion;
using Fpe.Generators.Kinds;
using Fpe.Generators.Model;
using static System.FormattableString;

namespace Fpe.Generators.Emit;

/// <summary>Describes a layer and its counts in words.</summary>
internal sealed class CountedLayer
{
    /// <summary>What is said about weights of which it is not known before training how many are kept.</summary>
    public const string KeptIsLearned = "how many are kept is learned";

    private readonly LayerKind kind;
    private readonly LayerSize size;

    /// <summary>The number of inputs of the layer after expansion.</summary>
    private readonly long width;

    /// <summary>The number of copies of each of its inputs after expansion; null if they differ or there are none.</summary>
    private readonly int? copies;

    private CountedLayer(LayerPlan plan, long width, LayerSize size, LayerWeights? weights, int? copies)
    {
        kind = LayerKinds.Of(plan);
        Plan = plan;
        Weights = weights;
        this.width = width;
        this.size = size;
        this.copies = copies;
    }

    public LayerPlan Plan { get; }

    /// <summary>Its counts according to the counting rules; null for a layer without weights.</summary>
    public LayerWeights? Weights { get; }

    public ExpansionPlan Expansion => kind.ExpansionOf(Plan);

    /// <summary>Whether expansion and pruning do not affect it.</summary>
    public bool IsBackbone => Weights is not null && size.IsBackbone;

    public string Description => kind.Describe(Plan, width, FanIn);

    /// <summary>The name of its kind.</summary>
    public string Kind => kind.Name;

    public string ShapeAfter => kind.ShapeAfter(Plan);

    /// <summary>The product that is its number of weights in the dense parent.</summary>
    public string DenseTerm => kind.DenseTerm(Plan);

    /// <summary>The product that is its number of weights before pruning.</summary>
    public string ExpandedTerm
    {
        get
        {
            if (IsBackbone)
                return DenseTerm;
            string children = Expansion is { LearnsEdges: true, Factor: > 1 } ? Invariant($"·{Expansion.Factor}") : string.Empty;
            return Invariant($"{FanIn}·{size.Neurons}{children}");
        }
    }

    /// <summary>Describes what it keeps in a model that learns its edges, as far as known before training.</summary>
    public string Kept => Expansion.Within > 0
        ? Invariant($"each child keeps {Pattern}, {Weights?.Ceiling} in all")
        : KeptIsLearned;

    /// <summary>The number of weights of a child. It is known for a random split; for other strategies, it depends on the groups.</summary>
    public string PerChild
    {
        get
        {
            if (Expansion is not { Factor: > 1, Strategy: Split.Random } || copies is not { } each)
                return string.Empty;

            long least = (long)size.Inputs / Expansion.Factor * each;
            string pattern = Expansion.Within > 0 ? $" ({Pattern})" : string.Empty;
            return size.Inputs % Expansion.Factor == 0
                ? Invariant($", {least} per child{pattern}")
                : Invariant($", {least} or {least + each} per child");
        }
    }

    private string Pattern => Invariant($"{Expansion.Within / Expansion.Factor} of every {Expansion.Within} inputs");

    /// <summary>
    /// The total number of edges of a neuron's children before pruning or, if edges are learned, the maximum for each child.
    /// </summary>
    private long FanIn => Weights is { } weights ? weights.BeforePruning / size.Neurons / (size.LearnsEdges ? size.Factor : 1) : 0;

    /// <summary>Returns the layers of a model, from input to output.</summary>
    public static IEnumerable<CountedLayer> Of(ClassSpec model, ModelGraph graph, WeightCounts counts)
    {
        int weighted = 0;
        for (int l = 0; l < model.Plans.Count; l++)
        {
            LayerPlan plan = model.Plans[l];
            long width = graph.Sources[l].Sum(source => source < 0 ? model.Sample.Count : (long)graph.ExpandedWidth(source));
            if (plan.Size is null)
            {
                yield return new CountedLayer(plan, width, default, null, null);
                continue;
            }

            LayerSize size = graph.Sizes[weighted];
            int[] copies = [.. (size.Parts ?? []).Select(part => part.Layer == InputPart.NotExpanded ? 1 : graph.Sizes[part.Layer].OutgoingCopies).Distinct()];
            yield return new CountedLayer(plan, width, size, counts.Layers[weighted], copies.Length == 1 ? copies[0] : null);
            weighted++;
        }
    }
}
