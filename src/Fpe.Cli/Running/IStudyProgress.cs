using Fpe.Training;

namespace Fpe.Cli.Running;

/// <summary>What the user sees while a study runs. It is told of epochs and runs from several threads.</summary>
internal interface IStudyProgress : ITrainingObserver
{
    /// <summary>Shows progress for as long as the work takes.</summary>
    void Around(Action work);

    /// <summary>A run finished or diverged.</summary>
    void RunEnded(RunOutcome outcome);
}
