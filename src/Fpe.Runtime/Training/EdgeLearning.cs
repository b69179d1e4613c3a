using Fpe.Expansion;
using Fpe.Sparsity;

namespace Fpe.Training;

/// <summary>
/// How a model with <see cref="Split.Learned"/> learns which edges it has: the settings. <see cref="GradualPruning"/> begins with more
/// edges than it ends with, <see cref="EdgeExchange"/> never has more.
/// </summary>
public abstract record EdgeLearning
{
    private protected EdgeLearning()
    {
    }

    /// <summary>Which network edges are learned from.</summary>
    public EdgeStart Start { get; init; } = EdgeStart.Random;

    /// <summary>Share of the run, from the expansion on, after which edges change no more; above 0, at most 1.</summary>
    public abstract double End { get; init; }

    /// <summary>
    /// Steps from one change to the next; at least 1, or null, the default, for some fifty changes (<see cref="GradualPruning"/>) or
    /// thirty (<see cref="EdgeExchange"/>). Between changes a step costs what the edges cost.
    /// </summary>
    public int? EverySteps { get; init; }

    /// <summary>Share of the run, from the expansion on, before the first change.</summary>
    internal virtual double BeginsAfter => 0;

    /// <summary>Changes in a run, if <see cref="EverySteps"/> does not say how many.</summary>
    internal abstract int UsualChanges { get; }

    /// <summary>Builds the network to learn from.</summary>
    /// <param name="parents">The layers of the dense parent.</param>
    /// <param name="shapes">The same layers in the wide network.</param>
    /// <param name="budget">Edges that they end with.</param>
    /// <param name="seed">Seed of every random choice.</param>
    internal abstract ExpandedLayer[] Expand(IReadOnlyList<ParentLayer> parents, IReadOnlyList<LayerShape> shapes, long budget, long seed);

    /// <summary>Prepares the changes of a run.</summary>
    internal abstract EdgeLearner CreateLearner(Model model, LearningSteps steps, long seed);

    /// <summary>Checks the settings against a plan.</summary>
    /// <exception cref="TrainingOptionsException">A setting is out of range or does not fit.</exception>
    internal virtual void Validate(ModelPlan plan)
    {
        TrainingOptionsException.Require(End is > 0 and <= 1, nameof(End), End, "above 0 and at most 1, since edges are learned within the run");
        if (EverySteps is { } steps)
            TrainingOptionsException.Require(steps >= 1, nameof(EverySteps), steps, "at least 1");
        TrainingOptionsException.RequireDefined(nameof(Start), Start);
        EdgeLayerPlan? wide = Start == EdgeStart.Split ? plan.EdgeLayers.FirstOrDefault(layer => layer.Expansion.Factor > layer.FanIn) : null;
        if (wide is not null)
            throw new TrainingOptionsException(nameof(Start), $"{plan.Name}.{wide.Name} cannot split {wide.FanIn} inputs among {wide.Expansion.Factor} children; use EdgeStart.Random, or a factor of at most {wide.FanIn}.");
    }
}
