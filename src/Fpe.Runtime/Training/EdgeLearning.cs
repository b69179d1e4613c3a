using Fpe.Expansion;
using Fpe.Sparsity;

namespace Fpe.Training;

/// <summary>
/// Settings for how a model with <see cref="Split.Learned"/> learns its edges. <see cref="GradualPruning"/> starts with more edges than it
/// ends with; <see cref="EdgeExchange"/> never has more.
/// </summary>
public abstract record EdgeLearning
{
    private protected EdgeLearning()
    {
    }

    /// <summary>Gets the network from which edges are learned.</summary>
    public EdgeStart Start { get; init; } = EdgeStart.Random;

    /// <summary>Gets the fraction of the run after expansion at which edges stop changing; greater than 0 and at most 1.</summary>
    public abstract double End { get; init; }

    /// <summary>
    /// Gets the number of steps between changes; at least 1, or null, the default, for about fifty changes (<see cref="GradualPruning"/>)
    /// or thirty (<see cref="EdgeExchange"/>). Between changes, the cost of a step depends only on the number of edges.
    /// </summary>
    public int? EverySteps { get; init; }

    /// <summary>The fraction of the run after expansion before the first change.</summary>
    internal virtual double BeginsAfter => 0;

    /// <summary>The number of changes in a run if <see cref="EverySteps"/> is null.</summary>
    internal abstract int UsualChanges { get; }

    /// <summary>Builds the network to learn from.</summary>
    /// <param name="parents">The layers of the dense parent.</param>
    /// <param name="shapes">The same layers in the wide network.</param>
    /// <param name="budget">The total number of edges that they end with.</param>
    /// <param name="seed">The seed of all random choices.</param>
    internal abstract ExpandedLayer[] Expand(IReadOnlyList<ParentLayer> parents, IReadOnlyList<LayerShape> shapes, long budget, long seed);

    /// <summary>Prepares the changes of a run.</summary>
    internal abstract EdgeLearner CreateLearner(Model model, LearningSteps steps, long seed);

    /// <summary>Checks the settings against a plan.</summary>
    /// <exception cref="TrainingOptionsException">A setting is out of range or does not fit.</exception>
    internal virtual void Validate(ModelPlan plan)
    {
        TrainingOptionsException.Require(End is > 0 and <= 1, nameof(End), End, "greater than 0 and at most 1, because edges are learned within the run");
        if (EverySteps is { } steps)
            TrainingOptionsException.Require(steps >= 1, nameof(EverySteps), steps, "at least 1");
        TrainingOptionsException.RequireDefined(nameof(Start), Start);
        EdgeLayerPlan? wide = Start == EdgeStart.Split ? plan.EdgeLayers.FirstOrDefault(layer => layer.Expansion.Factor > layer.FanIn) : null;
        if (wide is not null)
            throw new TrainingOptionsException(nameof(Start), $"{plan.Name}.{wide.Name} cannot split {wide.FanIn} inputs among {wide.Expansion.Factor} children; use EdgeStart.Random, or a factor of at most {wide.FanIn}.");
    }
}
