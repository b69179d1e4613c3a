using Fpe.Checkpoints;
using Fpe.Data;
using Fpe.Files;

namespace Fpe.Training;

/// <summary>Trains models: the dense parent for a while, the split, then the expanded network (arXiv 2510.04500, section 3).</summary>
/// <param name="options">How to train; one trainer may train many models, also on several threads.</param>
/// <param name="observers">Are told what happens, in this order.</param>
public sealed class Trainer(TrainingOptions options, params IReadOnlyList<ITrainingObserver> observers)
{
    /// <summary>How the trainer trains.</summary>
    public TrainingOptions Options { get; } = options;

    /// <summary>Trains a model. With the same seed the result has the same bits, whatever else the machine does.</summary>
    /// <param name="model">The model; if it is expanded already, it is trained as it is.</param>
    /// <param name="train">Training data.</param>
    /// <param name="validation">Data to measure the model on after every epoch; null for none.</param>
    /// <param name="cancellation">Ends the run after the current step; what was learned so far is kept, and saved where there are checkpoints.</param>
    /// <exception cref="ModelInUseException">Another call uses the model; nothing was changed.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    /// <exception cref="TrainingOptionsException">An option does not fit; nothing was changed.</exception>
    /// <exception cref="DatasetException">A data set does not fit the model; nothing was changed.</exception>
    /// <exception cref="DivergenceException">
    /// The training loss or, at the end, a weight is infinite or not a number, or the validation loss was a finite number in no epoch.
    /// </exception>
    /// <exception cref="FileAccessException">A checkpoint cannot be read or written; those before it are as they were.</exception>
    /// <exception cref="CheckpointFormatException">The checkpoint to resume from is damaged; the model is as it was.</exception>
    /// <exception cref="CheckpointUnsupportedException">The checkpoint to resume from is of another format; the model is as it was.</exception>
    /// <exception cref="CheckpointMismatchException">The checkpoint is of another run; the model is as it was.</exception>
    /// <exception cref="CheckpointValueException">The checkpoint has a weight that cannot be; the model is as it was.</exception>
    public TrainingResult Fit(Model model, Dataset train, Dataset? validation = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        using ModelAccess.Scope scope = model.Access.Write(ModelUse.Training);
        Options.Validate(model, train, validation);
        using var session = new TrainingSession(model, train, validation, Options, observers);
        return session.Run(cancellation);
    }
}
