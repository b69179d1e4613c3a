namespace Fpe.Training;

/// <summary>Receives the events of a training run, on the thread that trains. By default, every method does nothing.</summary>
public interface ITrainingObserver
{
    /// <summary>Called before the first epoch.</summary>
    void TrainingStarted(Model model, TrainingOptions options)
    {
    }

    /// <summary>
    /// Called when the run resumes from a checkpoint, after the <paramref name="finished"/> epochs, which are not reported again.
    /// </summary>
    void TrainingResumed(Model model, IReadOnlyList<EpochReport> finished)
    {
    }

    /// <summary>Called when the model was expanded, after <paramref name="epochs"/> epochs.</summary>
    void ModelExpanded(Model model, int epochs)
    {
    }

    /// <summary>Called after each epoch.</summary>
    void EpochEnded(Model model, EpochReport report)
    {
    }

    /// <summary>Called when the run has ended.</summary>
    void TrainingEnded(Model model, TrainingResult result)
    {
    }
}
