using Fpe.Expansion;
using Samples.Paper.Experiments;
using Samples.Paper.Results;

namespace Samples.Paper.Running;

/// <summary>Makes plans of variants.</summary>
internal static class VariantNetwork
{
    /// <summary>The network of a variant.</summary>
    /// <param name="task">The task.</param>
    /// <param name="setting">The setting.</param>
    /// <param name="variant">The variant.</param>
    /// <param name="clauses">The inputs of each clause, for <see cref="Method.Clause"/>.</param>
    public static ModelPlan Plan(LearningTask task, Setting setting, Variant variant, IReadOnlyList<IReadOnlyList<int>> clauses)
    {
        ModelPlan plan = task.PlanOf(setting, Expansion(variant, clauses));
        return variant.Method switch
        {
            Method.WiderDense => DenseControl.Scaled(plan, variant.WeightRatio!.Value),
            Method.DropConnect => DenseControl.DropConnect(plan),
            _ => plan,
        };
    }

    /// <summary>How a variant is expanded.</summary>
    public static ExpansionMethod MethodOf(Variant variant) => variant.Method switch
    {
        Method.Overlap => Overlapping,
        Method.StaticSparse => RandomSparse,
        _ => SplitExpansion.Default,
    };

    private static ExpansionMethod Overlapping { get; } = new OverlappingExpansion();

    private static ExpansionMethod RandomSparse { get; } = new RandomSparseExpansion();

    private static ExpansionPlan Expansion(Variant variant, IReadOnlyList<IReadOnlyList<int>> clauses) => variant.Method switch
    {
        Method.Dense or Method.WiderDense => ExpansionPlan.None,
        Method.Clause => new ExpansionPlan(variant.Factor, Split.Clause, variant.Share, variant.Outgoing) { Clauses = clauses },
        Method.Feature => new ExpansionPlan(variant.Factor, Split.Feature, variant.Share, variant.Outgoing),
        _ => new ExpansionPlan(variant.Factor, Split.Random, variant.Share, variant.Outgoing) { TiesBiases = variant.Method == Method.TiedBias },
    };
}
