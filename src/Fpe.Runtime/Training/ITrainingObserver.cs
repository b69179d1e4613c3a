using Fpe.Data;

namespace Fpe.Training;

/// <summary>Receives the events of a training run, on the thread that trains. By default, every method does nothing.</summary>
public interface ITrainingObserver
{
    /// <summary>Called before the first epoch.</summary>
    void TrainingStarted(Model model, TrainingOptions options)
    {
    }

    /// <summary>
    /// Called after <see cref="TrainingStarted"/> if classes have no sample in the training data: the model learns that they never occur.
    /// It is no exception, because a part of all data can be without a class.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="train">The training data.</param>
    /// <param name="classes">The classes without a sample, in ascending order; at least one.</param>
    void ClassesMissing(Model model, Dataset train, IReadOnlyList<int> classes)
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
