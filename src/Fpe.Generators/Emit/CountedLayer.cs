using System.Collections.Generic;
using Fpe.Counting;
using Fpe.Expansion;
using Fpe.Generators.Kinds;
using Fpe.Generators.Model;
using static System.FormattableString;

namespace Fpe.Generators.Emit;

/// <summary>A layer with its counts, in words.</summary>
internal sealed class CountedLayer
{
    private readonly LayerKind kind;

    /// <summary>Values that enter the layer after expansion.</summary>
    private readonly long width;

    private CountedLayer(LayerPlan plan, int factorBelow, LayerWeights? weights)
    {
        kind = LayerKinds.Of(plan);
        Plan = plan;
        Weights = weights;
        width = (long)plan.Inputs * factorBelow;
    }

    public LayerPlan Plan { get; }

    /// <summary>What the counting rules say of it; null for a layer without weights.</summary>
    public LayerWeights? Weights { get; }

    public ExpansionPlan Expansion => kind.ExpansionOf(Plan);

    /// <summary>Whether expansion and pruning leave it alone.</summary>
    public bool IsBackbone => Plan.Size is { IsBackbone: true };

    public string Description => kind.Describe(Plan, width, FanIn);

    public string ShapeAfter => kind.ShapeAfter(Plan);

    /// <summary>The product that gives its weights in the dense parent.</summary>
    public string DenseTerm => kind.DenseTerm(Plan);

    /// <summary>The product that gives its weights before pruning.</summary>
    public string ExpandedTerm
    {
        get
        {
            if (IsBackbone)
                return DenseTerm;
            string children = Expansion is { LearnsEdges: true, Factor: > 1 } ? Invariant($"·{Expansion.Factor}") : string.Empty;
            return Invariant($"{FanIn}·{Plan.Outputs}{children}");
        }
    }

    /// <summary>What it ends with in a model that learns its edges, as far as that is known before training.</summary>
    public string Kept => Expansion.Within > 0
        ? Invariant($"each child keeps {Pattern}, {Weights?.Ceiling} in all")
        : "how many are kept is learned";

    /// <summary>Weights of a child: those of a random split are known, those of other strategies depend on the groups.</summary>
    public string PerChild
    {
        get
        {
            if (Expansion is not { Factor: > 1, Strategy: Split.Random })
                return string.Empty;

            long copies = FanIn / Plan.Inputs;
            long least = Plan.Inputs / Expansion.Factor * copies;
            string pattern = Expansion.Within > 0 ? $" ({Pattern})" : string.Empty;
            return Plan.Inputs % Expansion.Factor == 0
                ? Invariant($", {least} per child{pattern}")
                : Invariant($", {least} or {least + copies} per child");
        }
    }

    private string Pattern => Invariant($"{Expansion.Within / Expansion.Factor} of every {Expansion.Within} inputs");

    /// <summary>Edges that the children of one neuron have together, before pruning; where edges are learned, those that each can have.</summary>
    private long FanIn => Weights is { } weights && Plan.Size is { } size ? weights.BeforePruning / size.Neurons / (size.LearnsEdges ? size.Factor : 1) : 0;

    /// <summary>The layers of a model, from input to output.</summary>
    public static IEnumerable<CountedLayer> Of(ModelSpec model, WeightCounts counts)
    {
        (int weighted, int factor) = (0, 1);
        foreach (LayerPlan plan in model.Plans)
        {
            yield return new CountedLayer(plan, factor, plan.Size is null ? null : counts.Layers[weighted++]);
            factor = plan.Size?.Factor ?? factor;
        }
    }
}
