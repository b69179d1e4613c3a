using Fpe.Training;

namespace Fpe.Cli.Running;

/// <summary>The progress display of a study. It is notified of epochs and runs from several threads.</summary>
internal interface IStudyProgress : ITrainingObserver
{
    /// <summary>Shows progress while the work runs.</summary>
    void Around(Action work);

    /// <summary>Called when a run finished or diverged.</summary>
    void RunEnded(RunOutcome outcome);
}
