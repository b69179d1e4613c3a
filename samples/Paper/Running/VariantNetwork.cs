using Fpe.Expansion;
using Fpe.Research.Controls;
using Fpe.Training;
using Samples.Paper.Experiments;
using Samples.Paper.Results;

namespace Samples.Paper.Running;

/// <summary>Creates the plans of variants.</summary>
internal static class VariantNetwork
{
    /// <summary>Returns the network of a variant; for <see cref="Method.Average"/>, each of its networks.</summary>
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
            Method.Linear => LinearControl.Plan(plan),
            Method.LinearPruned => LinearControl.Pruned(plan),
            Method.LearnedSkip => SkipNetwork.Plan(plan),
            Method.Dense or Method.Random or Method.Clause or Method.Feature or Method.Overlap or Method.TiedBias or Method.StaticSparse
                or Method.Learned or Method.Rigl or Method.Set or Method.SplitRigl or Method.Average => plan,
            _ => throw Unknown(variant),
        };
    }

    /// <summary>Returns the expansion method of a variant that does not learn its edges.</summary>
    public static ExpansionMethod MethodOf(Variant variant) => variant.Method switch
    {
        Method.Overlap => Overlapping,
        Method.StaticSparse => RandomSparse,
        Method.Dense or Method.Random or Method.Clause or Method.Feature or Method.TiedBias or Method.DropConnect or Method.WiderDense
            or Method.Learned or Method.LearnedSkip or Method.Rigl or Method.Set or Method.SplitRigl or Method.Linear or Method.LinearPruned or Method.Average => SplitExpansion.Default,
        _ => throw Unknown(variant),
    };

    /// <summary>Returns how a variant learns its edges; null if it does not.</summary>
    public static EdgeLearning? LearningOf(Variant variant) => variant.Method switch
    {
        Method.Learned or Method.LearnedSkip or Method.LinearPruned => GradualPruning.Default,
        Method.Rigl => new EdgeExchange(),
        Method.Set => new EdgeExchange { Growth = EdgeGrowth.Random },
        Method.SplitRigl => new EdgeExchange { Start = EdgeStart.Split },
        Method.Dense or Method.Random or Method.Clause or Method.Feature or Method.Overlap or Method.TiedBias or Method.StaticSparse
            or Method.DropConnect or Method.WiderDense or Method.Linear or Method.Average => null,
        _ => throw Unknown(variant),
    };

    private static ExpansionMethod Overlapping { get; } = new OverlappingExpansion();

    private static ExpansionMethod RandomSparse { get; } = new RandomSparseExpansion();

    private static ExpansionPlan Expansion(Variant variant, IReadOnlyList<IReadOnlyList<int>> clauses)
    {
        ExpansionPlan By(Split split) => new(variant.Factor, split, variant.Share, variant.Outgoing) { Within = variant.Within };
        return variant.Method switch
        {
            Method.Dense or Method.WiderDense or Method.Linear or Method.LinearPruned => ExpansionPlan.None,
            Method.Clause => By(Split.Clause) with { Clauses = clauses },
            Method.Feature => By(Split.Feature),
            Method.Random or Method.Overlap or Method.StaticSparse or Method.DropConnect or Method.Average => By(Split.Random),
            Method.TiedBias => By(Split.Random) with { TiesBiases = true },
            Method.Learned or Method.LearnedSkip or Method.Rigl or Method.Set or Method.SplitRigl => By(Split.Learned),
            _ => throw Unknown(variant),
        };
    }

    private static ArgumentOutOfRangeException Unknown(Variant variant) => new(nameof(variant), variant.Method, "Unknown method.");
}
