namespace Fpe.Research.Controls;

/// <summary>Dense networks to compare an expanded network with, as plans for <see cref="PlannedModel"/>.</summary>
public static class DenseControl
{
    /// <summary>
    /// Returns the dense parent with more weights, or fewer. The width of every hidden <c>Linear</c> layer is multiplied by the same factor
    /// and rounded, to at least 1. The factor is the one whose weight count is closest to the ratio; of two equally close counts, the
    /// smaller. The exact count is the <see cref="ModelPlan.DenseWeights"/> of the result.
    /// </summary>
    /// <param name="plan">The plan; its expansions are dropped.</param>
    /// <param name="ratio">Weights divided by those of the dense parent; must be greater than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The ratio is not a positive number.</exception>
    /// <exception cref="ArgumentException">The plan has no hidden layer with weights, so its count cannot change.</exception>
    /// <exception cref="PlanException">A layer would be too large.</exception>
    public static ModelPlan Scaled(ModelPlan plan, double ratio)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (!(double.IsFinite(ratio) && ratio > 0))
            throw new ArgumentOutOfRangeException(nameof(ratio), ratio, "A ratio of weights must be greater than 0.");
        if (Enumerable.Range(0, plan.Layers.Count).All(l => plan.Layers[l] is not LinearPlan || plan.IsOutput(l)))
            throw new ArgumentException($"{plan.Name} has no hidden layer to make wider.", nameof(plan));

        double target = ratio * plan.DenseWeights;
        ModelPlan At(double factor) => plan.WithHiddenWidths(layer => Math.Max(1, Round(layer.Neurons * factor)));

        // The count never decreases as the factor grows, so bisection finds the two factors that enclose the target; it stops when no
        // double lies between them.
        (double low, double high) = (0, 1);
        while (At(high).DenseWeights < target)
            (low, high) = (high, 2 * high);
        for (double middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2)
        {
            if (At(middle).DenseWeights < target)
                low = middle;
            else
                high = middle;
        }

        (ModelPlan below, ModelPlan above) = (At(low), At(high));
        return target - below.DenseWeights <= above.DenseWeights - target ? below : above;
    }

    /// <summary>
    /// Returns a dense network as wide as the expanded one. On average, as many of its weights take part in a training step as the expanded
    /// one has: each is kept with probability budget / total (see <see cref="Controls.DropConnect"/>), except those of convolutions,
    /// which are unchanged. It has more weights than the expanded network, all of them learned and all used for predictions;
    /// <see cref="ModelPlan.DenseWeights"/> of the result is their number.
    /// </summary>
    /// <param name="plan">The plan of the expanded network.</param>
    /// <exception cref="ArgumentException">A layer that is not a <c>Linear</c> layer is expanded.</exception>
    /// <exception cref="PlanException">A layer would be too large.</exception>
    public static ModelPlan DropConnect(ModelPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.EdgeLayers.FirstOrDefault(layer => layer is not LinearPlan && layer.Expansion.IsExpanded) is { } expanded)
            throw new ArgumentException($"{plan.Name}.{expanded.Name} is expanded but is not a Linear layer, and only Linear layers support DropConnect; remove its expansion.", nameof(plan));
        ModelPlan wide = plan.WithHiddenWidths(layer => layer.Neurons * layer.Expansion.Factor);
        long others = plan.DenseWeights - plan.Linears.Sum(layer => (long)layer.Inputs * layer.Neurons);
        double rate = 1 - ((double)(plan.ExpandedWeights - others) / (wide.DenseWeights - others));
        return new ModelPlan(
            wide.Name, wide.InputCount, [.. wide.Layers.Select(layer => layer is LinearPlan linear ? DropConnectPlan.Of(linear, rate) : layer)], wide.CountBiases);
    }

    // A width that exceeds 32 bits becomes the largest number, which the plan rejects as too large.
    private static int Round(double width) => (int)Math.Min(int.MaxValue, Math.Round(width, MidpointRounding.AwayFromZero));
}
