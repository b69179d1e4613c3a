namespace Fpe.Training;

/// <summary>Is told what happens during a training run, on the thread that trains. Every method does nothing by default.</summary>
public interface ITrainingObserver
{
    /// <summary>The first epoch is about to begin.</summary>
    void TrainingStarted(Model model, TrainingOptions options)
    {
    }

    /// <summary>The run goes on from a checkpoint, after <paramref name="finished"/> epochs of which observers are not told again.</summary>
    void TrainingResumed(Model model, IReadOnlyList<EpochReport> finished)
    {
    }

    /// <summary>The model was expanded, after <paramref name="epochs"/> epochs.</summary>
    void ModelExpanded(Model model, int epochs)
    {
    }

    /// <summary>An epoch was finished.</summary>
    void EpochEnded(Model model, EpochReport report)
    {
    }

    /// <summary>The run has ended.</summary>
    void TrainingEnded(Model model, TrainingResult result)
    {
    }
}
