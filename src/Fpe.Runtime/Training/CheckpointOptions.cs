namespace Fpe.Training;

/// <summary>
/// Saves a training run periodically, so that it can be resumed. A checkpoint contains the complete state of the run; on the CPU, a resumed
/// run continues bit for bit as if it had never stopped. A checkpoint is also a model file that can be loaded.
/// </summary>
/// <param name="Folder">The folder for the checkpoints of one run; it is created if it does not exist.</param>
public sealed record CheckpointOptions(string Folder)
{
    /// <summary>Gets the number of epochs between two checkpoints; at least 1.</summary>
    public int EveryEpochs { get; init; } = 1;

    /// <summary>Gets the number of steps between additional checkpoints within epochs; null for none, otherwise at least 1.</summary>
    public long? EverySteps { get; init; }

    /// <summary>Gets the number of most recent checkpoints to keep; at least 1.</summary>
    public int KeepLast { get; init; } = 2;

    /// <summary>
    /// Gets whether to also keep the model of the best epoch, as <c>best.safetensors</c>: the one with the lowest validation loss, or
    /// training loss if there is no validation data, or the best <see cref="EarlyStopping.Metric"/> if there is one. If there is a split, only
    /// epochs after it count, and only finite values.
    /// </summary>
    public bool KeepBest { get; init; } = true;

    /// <summary>
    /// Gets whether to resume from the last checkpoint in the folder. If there is none, the run starts from the beginning, so a program can
    /// always set this. If it is not set, a folder with checkpoints is refused. All options must equal those of the checkpoint, except
    /// what <see cref="ChangesLearningRate"/> permits and <see cref="TrainingOptions.Epochs"/>: if it is larger than before, a completed run
    /// continues with its moments and its best model.
    /// Finished steps keep the learning rate they had; a schedule that decreases towards the end of the run, such as
    /// <see cref="CosineSchedule"/>, continues with the rates of the longer run.
    /// </summary>
    public bool Resume { get; init; }

    /// <summary>
    /// Gets whether a run that is resumed may have another learning rate and schedule than its checkpoint, for example to train a
    /// finished model for more epochs with a lower rate. Moments and steps continue; a schedule counts steps from the start of the run.
    /// </summary>
    public bool ChangesLearningRate { get; init; }

    internal void Validate()
    {
        if (string.IsNullOrWhiteSpace(Folder))
            throw new TrainingOptionsException(nameof(TrainingOptions.Checkpoints), "the folder name is empty; specify a folder.");
        TrainingOptionsException.Require(EveryEpochs >= 1, nameof(EveryEpochs), EveryEpochs, "at least 1");
        TrainingOptionsException.Require(EverySteps is null or >= 1, nameof(EverySteps), EverySteps ?? 0, "at least 1");
        TrainingOptionsException.Require(KeepLast >= 1, nameof(KeepLast), KeepLast, "at least 1");
    }
}
