using Samples.Paper.Results;

namespace Samples.Paper.Running;

/// <summary>Shows the progress of runs to the user. Called by several threads.</summary>
internal interface IRunProgress
{
    /// <summary>Shows progress while the work is running.</summary>
    void Around(Action work);

    /// <summary>Called after a part of the work is finished.</summary>
    /// <param name="multiplyAdds">Multiply-adds of this part.</param>
    void Advance(double multiplyAdds);

    /// <summary>Called after a run has finished or diverged.</summary>
    void RunEnded(RunResult result);
}
