using Fpe.Compute;
using Samples.Paper.Experiments;
using Samples.Paper.Results;

namespace Samples.Paper.Running;

/// <summary>What the runs of an experiment have in common.</summary>
/// <param name="Task">What they learn.</param>
/// <param name="Results">Where results go.</param>
/// <param name="Progress">What the user sees.</param>
/// <param name="Device">Where networks live.</param>
internal sealed record RunContext(LearningTask Task, ResultsFile Results, IRunProgress Progress, Device Device)
{
    /// <summary>Records a run that has ended.</summary>
    public void Record(RunResult result)
    {
        Results.Append(result);
        Progress.RunEnded(result);
    }
}
