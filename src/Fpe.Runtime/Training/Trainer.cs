using Fpe.Checkpoints;
using Fpe.Data;
using Fpe.Distributed;
using Fpe.Files;

namespace Fpe.Training;

/// <summary>Trains models: first the dense parent, then, after the split, the expanded network (arXiv 2510.04500, section 3).</summary>
/// <param name="options">The training options; a trainer can train many models, even on several threads.</param>
/// <param name="observers">The observers, which are notified in this order.</param>
public sealed class Trainer(TrainingOptions options, params ITrainingObserver[] observers)
{
    /// <summary>Gets the training options.</summary>
    public TrainingOptions Options { get; } = options;

    /// <summary>
    /// Trains a model. With the same seed, the result is identical bit for bit, regardless of what else the machine does.
    /// </summary>
    /// <param name="model">The model; if it is already expanded, it is trained without another split.</param>
    /// <param name="train">
    /// The training data. If the model has a standardisation, data is given as it was read, or standardised in the same way. A model whose
    /// task is not known gets the one that follows from the loss.
    /// </param>
    /// <param name="validation">The data on which the model is evaluated after every epoch; null for none.</param>
    /// <param name="cancellation">Ends the run after the current step; the state so far is kept, and saved if checkpoints are enabled.</param>
    /// <exception cref="ModelInUseException">Another call uses the model; nothing was changed.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    /// <exception cref="TrainingOptionsException">An option does not fit; nothing was changed.</exception>
    /// <exception cref="DatasetException">A data set does not fit the model; nothing was changed.</exception>
    /// <exception cref="ModelMeaningException">The meaning of the model does not fit the task that follows from the loss.</exception>
    /// <exception cref="TaskMismatchException">A metric does not fit the task.</exception>
    /// <exception cref="DivergenceException">
    /// The training loss or, at the end, a weight is infinite or not a number, or the validation loss was not finite in any epoch.
    /// </exception>
    /// <exception cref="RankMismatchException">With <see cref="TrainingOptions.DataParallel"/>: a rank would train something else; thrown on all ranks.</exception>
    /// <exception cref="RankFailedException">One of the other exceptions here was thrown on another rank.</exception>
    /// <exception cref="RankLostException">Another rank has ended; the run resumes from its last checkpoint.</exception>
    /// <exception cref="FileAccessException">A checkpoint cannot be read or written; earlier ones are unchanged.</exception>
    /// <exception cref="CheckpointFormatException">The checkpoint to resume from is damaged; the model is unchanged.</exception>
    /// <exception cref="CheckpointUnsupportedException">The checkpoint to resume from has an unsupported format; the model is unchanged.</exception>
    /// <exception cref="CheckpointMismatchException">The checkpoint belongs to another run; the model is unchanged.</exception>
    /// <exception cref="CheckpointValueException">The checkpoint contains an invalid weight; the model is unchanged.</exception>
    public TrainingResult Fit(Model model, Dataset train, Dataset? validation = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ProcessGroup group = Options.DataParallel?.Group ?? ProcessGroup.Single;
        using ModelAccess.Scope scope = model.Access.Write(ModelUse.Training);
        if (!group.TryBeginRun())
            throw new TrainingOptionsException(nameof(Options.DataParallel), $"another run uses the ranks ({group.Name}), which train one model at a time; wait until it has ended.");
        try
        {
            RankFailures.Share(group, () => Options.Validate(model, train, validation));
            using var session = new TrainingSession(model, train, validation, Options, observers);
            return session.Run(cancellation);
        }
        finally
        {
            group.EndRun();
        }
    }

    /// <summary>Trains a model on samples with classes.</summary>
    /// <param name="model">The model.</param>
    /// <param name="samples">Samples row by row: [count, inputs]. The array is not copied.</param>
    /// <param name="labels">The class of each sample. The array is not copied.</param>
    /// <param name="cancellation">Ends the run after the current step.</param>
    /// <inheritdoc cref="Fit(Model, Dataset, Dataset, CancellationToken)" path="/exception"/>
    public TrainingResult Fit(Model model, float[] samples, int[] labels, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        int classes = Math.Max(2, model.Plan.OutputCount);
        return Fit(model, Dataset.OfClasses(nameof(samples), model.Plan.InputCount, samples, labels, classes), cancellation: cancellation);
    }

    /// <summary>Trains a model on samples with target values.</summary>
    /// <param name="model">The model.</param>
    /// <param name="samples">Samples row by row: [count, inputs]. The array is not copied.</param>
    /// <param name="targets">Target values row by row: [count, outputs]. The array is not copied.</param>
    /// <param name="cancellation">Ends the run after the current step.</param>
    /// <inheritdoc cref="Fit(Model, Dataset, Dataset, CancellationToken)" path="/exception"/>
    public TrainingResult Fit(Model model, float[] samples, float[] targets, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Fit(model, Dataset.OfTargets(nameof(samples), model.Plan.InputCount, samples, model.Plan.OutputCount, targets), cancellation: cancellation);
    }

    /// <summary>Trains a model on another thread.</summary>
    /// <param name="model">The model, which no other call may change meanwhile.</param>
    /// <param name="train">The training data.</param>
    /// <param name="validation">The data on which the model is evaluated after every epoch; null for none.</param>
    /// <param name="progress">Receives the results of each epoch; null for nothing.</param>
    /// <param name="cancellation">
    /// Ends the run after the current step, with <see cref="StopReason.Cancelled"/> as its result and not with an exception.
    /// </param>
    /// <returns>The result, or one of the exceptions of <see cref="Fit(Model, Dataset, Dataset?, CancellationToken)"/>.</returns>
    public Task<TrainingResult> FitAsync(
        Model model, Dataset train, Dataset? validation = null, IProgress<EpochReport>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(train);
        Trainer trainer = progress is null ? this : new Trainer(Options, [.. observers, new ProgressObserver(progress)]);
        return Task.Run(() => trainer.Fit(model, train, validation, cancellation), CancellationToken.None);
    }
}
