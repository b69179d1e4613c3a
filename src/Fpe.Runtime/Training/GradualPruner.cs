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

    private protected override long Change(long steps, PassBuffers buffers, int batch, Action<Linear, EdgeLayout> replace)
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
        long present = Layers.Sum(layer => (long)layer.Edges.EdgeCount);
        long target = Math.Min(present, Target(Budget, Shapes.Sum(shape => shape.EdgeCount), progress));
        return BudgetSelection.Keep(Shapes, [.. Layers.Select((_, l) => UnitsOf(l))], target, progress);
    }

    private KeptUnits KeepOf(int layer, double progress)
    {
        LayerShape shape = Shapes[layer];
        return shape.Pattern is { } pattern
            ? PatternSelection.Keep(UnitsOf(layer), pattern, shape.Inputs, progress)
            : BudgetSelection.Keep(UnitsOf(layer), Math.Min(Layers[layer].Edges.EdgeCount, Target(budgets![layer], shape.EdgeCount, progress)));
    }

    private static long Target(long budget, long all, double progress) => budget + (long)((all - budget) * Math.Pow(1 - progress, 3));
}
