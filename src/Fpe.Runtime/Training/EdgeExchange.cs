using Fpe.Expansion;
using Fpe.Sparsity;

namespace Fpe.Training;

/// <summary>
/// Exchanges edges at a constant count: every few steps, each layer drops its weights of smallest magnitude and grows the same number of
/// new edges, so that the network never exceeds its budget. New edges start at 0.
/// </summary>
/// <remarks>
/// With <see cref="EdgeGrowth.Gradient"/> it is RigL (Evci et al., "Rigging the lottery", ICML 2020), with <see cref="EdgeGrowth.Random"/>
/// SET (Mocanu et al., Nature Communications 2018); from <see cref="EdgeStart.Split"/> it is expansion with dynamic edges. After a share p
/// of the exchanging steps, the exchanged fraction of the edges is <see cref="Fraction"/> · (1 + cos πp) / 2. Layers keep their counts.
/// </remarks>
public sealed record EdgeExchange : EdgeLearning
{
    /// <summary>Gets the fraction of a layer's edges that the first exchange replaces; greater than 0 and less than 1.</summary>
    public double Fraction { get; init; } = 0.5;

    /// <inheritdoc/>
    public override double End { get; init; } = 0.75;

    /// <summary>Gets the criterion for new edges.</summary>
    public EdgeGrowth Growth { get; init; } = EdgeGrowth.Gradient;

    // Each change considers all possible edges.
    internal override int UsualChanges => 30;

    internal override ExpandedLayer[] Expand(IReadOnlyList<ParentLayer> parents, IReadOnlyList<LayerShape> shapes, long budget, long seed) => Start switch
    {
        EdgeStart.Random => StartingEdges.SomeNew(parents, shapes, budget, seed),
        EdgeStart.Split => StartingEdges.SomeOfSplit(parents, shapes, budget, seed),
        _ => throw new InvalidOperationException($"Start is {Start}."),
    };

    internal override EdgeLearner CreateLearner(Model model, LearningSteps steps, long seed) => new EdgeExchanger(model, steps, this, seed);

    internal override void Validate(ModelPlan plan)
    {
        base.Validate(plan);
        TrainingOptionsException.Require(Fraction is > 0 and < 1, nameof(Fraction), Fraction, "greater than 0 and less than 1");
        TrainingOptionsException.RequireDefined(nameof(Growth), Growth);
        if (plan.EdgeLayers.FirstOrDefault(layer => layer.Expansion is { LearnsEdges: true, Within: > 0 }) is { } pattern)
            throw new TrainingOptionsException(nameof(TrainingOptions.EdgeLearning), $"an exchange cannot keep the pattern of {plan.Name}.{pattern.Name} (Within = {pattern.Expansion.Within}); use GradualPruning, or remove the pattern.");
    }
}
