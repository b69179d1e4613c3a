using Fpe.Expansion;
using Fpe.Training;
using Samples.Paper.Results;

namespace Samples.Paper.Experiments;

/// <summary>What the runs of an experiment learn. It is used by several threads at once.</summary>
internal abstract class LearningTask
{
    /// <summary>What is minimised.</summary>
    public abstract Loss Loss { get; }

    /// <summary>How the learning rate changes over the whole run.</summary>
    public virtual LearningRateSchedule Schedule { get; } = new ConstantSchedule();

    /// <summary>Reads what has to be read, before the first run.</summary>
    /// <exception cref="FpeException">The data is missing or wrong.</exception>
    public virtual void Load()
    {
    }

    /// <summary>The data of a setting and seed: always the same.</summary>
    public abstract TaskData DataOf(Setting setting, long seed);

    /// <summary>The network of a setting: the dense parent, and how its hidden layers are expanded.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="expansion">How every hidden layer that can be is expanded.</param>
    public abstract ModelPlan PlanOf(Setting setting, ExpansionPlan expansion);
}
