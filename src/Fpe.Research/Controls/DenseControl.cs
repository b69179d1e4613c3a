namespace Fpe.Research.Controls;

/// <summary>Dense networks to compare an expanded one with, as plans for <see cref="PlannedModel"/>.</summary>
public static class DenseControl
{
    /// <summary>
    /// The dense parent with more weights, or fewer: the width of every hidden <c>Linear</c> layer is multiplied by one factor and rounded, at least 1, and the
    /// factor is the one whose weight count comes nearest to the ratio; of two as near, the smaller. The exact count is the
    /// <see cref="ModelPlan.DenseWeights"/> of the result.
    /// </summary>
    /// <param name="plan">The plan; its expansions are dropped.</param>
    /// <param name="ratio">Weights over those of the dense parent; above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The ratio is not a positive number.</exception>
    /// <exception cref="ArgumentException">The plan has no hidden layer with weights, so its count cannot change.</exception>
    /// <exception cref="PlanException">A layer would be too large.</exception>
    public static ModelPlan Scaled(ModelPlan plan, double ratio)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (!(double.IsFinite(ratio) && ratio > 0))
            throw new ArgumentOutOfRangeException(nameof(ratio), ratio, "A ratio of weights is above 0.");
        if (Enumerable.Range(0, plan.Layers.Count).All(l => plan.Layers[l] is not LinearPlan || plan.IsOutput(l)))
            throw new ArgumentException($"{plan.Name} has no hidden layer to make wider.", nameof(plan));

        double target = ratio * plan.DenseWeights;
        ModelPlan At(double factor) => plan.WithHiddenWidths(layer => Math.Max(1, Round(layer.Neurons * factor)));

        // The count never falls with the factor, so the two that enclose the target are found by halving; it stops where no double is between.
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
    /// A dense network as wide as the expanded one, of whose weights as many take part in a training step, on average, as the expanded
    /// one has: each is kept with probability budget / total (see <see cref="Controls.DropConnect"/>), except those of convolutions, which stay as they are. It has more weights than the
    /// expanded network, all of them learned and all used for predictions; <see cref="ModelPlan.DenseWeights"/> says how many.
    /// </summary>
    /// <param name="plan">The plan of the expanded network.</param>
    /// <exception cref="ArgumentException">A layer other than a <c>Linear</c> one is expanded.</exception>
    /// <exception cref="PlanException">A layer would be too large.</exception>
    public static ModelPlan DropConnect(ModelPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.EdgeLayers.FirstOrDefault(layer => layer is not LinearPlan && layer.Expansion.IsExpanded) is { } expanded)
            throw new ArgumentException($"{plan.Name}.{expanded.Name} is expanded and no Linear layer, and only those have DropConnect; leave its expansion out.", nameof(plan));
        ModelPlan wide = plan.WithHiddenWidths(layer => layer.Neurons * layer.Expansion.Factor);
        long others = plan.DenseWeights - plan.Linears.Sum(layer => (long)layer.Inputs * layer.Neurons);
        double rate = 1 - ((double)(plan.ExpandedWeights - others) / (wide.DenseWeights - others));
        return new ModelPlan(
            wide.Name, wide.InputCount, [.. wide.Layers.Select(layer => layer is LinearPlan linear ? DropConnectPlan.Of(linear, rate) : layer)], wide.CountBiases);
    }

    // What is too large for 32 bits is too large for a plan as well, which refuses the largest number.
    private static int Round(double width) => (int)Math.Min(int.MaxValue, Math.Round(width, MidpointRounding.AwayFromZero));
}
