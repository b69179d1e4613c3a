using Fpe.Expansion;
using Fpe.Sparsity;

namespace Fpe.Training;

/// <summary>
/// Gradual magnitude pruning (Zhu and Gupta, "To prune, or not to prune", arXiv 1710.01878, equation 1): the network is first trained with
/// all edges, then gradually loses those of smallest magnitude, quickly at first and slowly at the end, until it has exactly its budget,
/// and continues training with the remaining edges.
/// </summary>
/// <remarks>
/// After a share p of the pruning steps, the network has budget + (all − budget) · (1 − p)³ edges. In blocks
/// (<see cref="ExpandAttribute.Share"/>), whole columns are kept or dropped by the root mean square of their weights.
/// </remarks>
public sealed record GradualPruning : EdgeLearning
{
    /// <summary>Gets the default settings.</summary>
    public static GradualPruning Default { get; } = new();

    /// <summary>
    /// Gets the fraction of the run after expansion that is trained with all edges; at least 0 and less than <see cref="End"/>.
    /// </summary>
    public double Begin { get; init; } = 0.1;

    /// <inheritdoc/>
    public override double End { get; init; } = 0.6;

    /// <summary>Gets which weights compete.</summary>
    public PruningScope Scope { get; init; } = PruningScope.Global;

    internal override double BeginsAfter => Begin;

    internal override int UsualChanges => 50;

    internal override ExpandedLayer[] Expand(IReadOnlyList<ParentLayer> parents, IReadOnlyList<LayerShape> shapes, long budget, long seed) => Start switch
    {
        EdgeStart.Random => StartingEdges.AllNew(parents, shapes, seed),
        EdgeStart.Split => StartingEdges.AllOfSplit(parents, shapes, seed),
        _ => throw new InvalidOperationException($"Start is {Start}."),
    };

    internal override EdgeLearner CreateLearner(Model model, LearningSteps steps, long seed) => new GradualPruner(model, steps, Scope);

    internal override void Validate(ModelPlan plan)
    {
        base.Validate(plan);
        TrainingOptionsException.Require(Begin >= 0 && Begin < End, nameof(Begin), Begin, "at least 0 and less than End");
        TrainingOptionsException.RequireDefined(nameof(Scope), Scope);
    }
}
