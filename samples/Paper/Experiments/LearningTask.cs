using Fpe.Expansion;
using Fpe.Training;
using Samples.Paper.Results;

namespace Samples.Paper.Experiments;

/// <summary>The task that the runs of an experiment learn. Used by several threads concurrently.</summary>
internal abstract class LearningTask
{
    /// <summary>The loss that is minimised.</summary>
    public abstract Loss Loss { get; }

    /// <summary>How the learning rate changes over the whole run.</summary>
    public virtual LearningRateSchedule Schedule { get; } = new ConstantSchedule();

    /// <summary>Reads all files before the first run.</summary>
    /// <exception cref="FpeException">The data is missing or invalid.</exception>
    public virtual void Load()
    {
    }

    /// <summary>Returns the data of a setting and seed, which is always the same.</summary>
    public abstract TaskData DataOf(Setting setting, long seed);

    /// <summary>The network of a setting: the dense parent, and how its hidden layers are expanded.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="expansion">The expansion of all hidden layers that can be expanded.</param>
    public abstract ModelPlan PlanOf(Setting setting, ExpansionPlan expansion);
}
