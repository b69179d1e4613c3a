using Fpe.Cli.Results;
using Fpe.Compute;
using Samples.Paper.Experiments;
using Samples.Paper.Results;

namespace Samples.Paper.Running;

/// <summary>The common context of the runs of an experiment.</summary>
/// <param name="Task">The task that they learn.</param>
/// <param name="Results">Receives the results.</param>
/// <param name="Progress">Shows the progress to the user.</param>
/// <param name="Device">The device that holds the networks.</param>
internal sealed record RunContext(LearningTask Task, ResultStore<RunResult> Results, IRunProgress Progress, Device Device)
{
    /// <summary>Records a finished run.</summary>
    public void Record(RunResult result)
    {
        Results.Append(result);
        Progress.RunEnded(result);
    }
}
