using Fpe.Training;
using Samples.Paper.Results;

namespace Samples.Paper.Running;

/// <summary>Shows the progress of runs to the user. Called by several threads.</summary>
internal interface IRunProgress
{
    /// <summary>Shows progress while the work is running.</summary>
    void Around(Action work);

    /// <summary>Called after an epoch.</summary>
    /// <param name="multiplyAdds">Multiply-adds of the epoch.</param>
    /// <param name="report">Its results.</param>
    void EpochEnded(double multiplyAdds, EpochReport report);

    /// <summary>Called after a run has finished or diverged.</summary>
    void RunEnded(RunResult result);
}
