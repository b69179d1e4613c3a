using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Sparsity;

namespace Fpe.Training;

/// <summary>The changes of <see cref="GradualPruning"/>.</summary>
internal sealed class GradualPruner : EdgeLearner
{
    private readonly long[]? budgets;

    public GradualPruner(Model model, LearningSteps steps, PruningScope scope)
        : base(model, steps)
    {
        budgets = scope == PruningScope.Global
            ? null
            : EdgeDensities.Divide(Shapes, [.. Shapes.Select(shape => shape.Floor)], [.. Shapes.Select(shape => shape.Ceiling)], Budget);
    }

    public override bool NeedsGradients => false;

    private protected override long Change(long steps, Func<EdgeLayer, double[]> gradientOf, Action<EdgeLayer, EdgeLayout> replace)
    {
        double progress = Steps.Progress(steps);
        KeptUnits[] kept = budgets is null ? KeepOfAll(progress) : [.. Layers.Select((_, l) => KeepOf(l, progress))];
        for (int l = 0; l < kept.Length; l++)
        {
            if (kept[l].EdgeCount != Layers[l].Edges.EdgeCount)
                replace(Layers[l], LearnedLayout.Of(kept[l], Shapes[l].Inputs));
        }

        return kept.Sum(layer => layer.EdgeCount);
    }

    private KeptUnits[] KeepOfAll(double progress)
    {
        int[] free = [.. Enumerable.Range(0, Layers.Length).Where(l => Shapes[l].Pattern is null)];
        long budget = Budget - Shapes.Where(shape => shape.Pattern is not null).Sum(shape => shape.Ceiling);
        long target = Target(budget, free.Sum(l => Shapes[l].EdgeCount), progress);
        long present = free.Sum(l => (long)Layers[l].Edges.EdgeCount);
        var kept = new KeptUnits[Layers.Length];
        KeptUnits[] chosen = BudgetSelection.Keep([.. free.Select(UnitsOf)], [.. free.Select(l => Shapes[l].Floor)], Math.Min(present, target));
        for (int i = 0; i < free.Length; i++)
            kept[free[i]] = chosen[i];
        for (int l = 0; l < kept.Length; l++)
            kept[l] ??= KeepOf(l, progress);
        return kept;
    }

    private KeptUnits KeepOf(int layer, double progress)
    {
        LayerShape shape = Shapes[layer];
        return shape.Pattern is { } pattern
            ? PatternSelection.Keep(UnitsOf(layer), shape.Inputs, pattern.Group, pattern.Kept + (int)((pattern.Group - pattern.Kept) * Rest(progress)))
            : BudgetSelection.Keep(UnitsOf(layer), Math.Min(Layers[layer].Edges.EdgeCount, Target(budgets![layer], shape.EdgeCount, progress)));
    }

    private static long Target(long budget, long all, double progress) => budget + (long)((all - budget) * Rest(progress));

    private static double Rest(double progress) => Math.Pow(1 - progress, 3);
}
