namespace Fpe.Training;

/// <summary>
/// Saves a training run while it goes on, so that it can be resumed. A checkpoint holds the whole state of the run; resumed on
/// the processor, the run goes on bit for bit as if it had never stopped. It is a model file as well, which can be loaded.
/// </summary>
/// <param name="Folder">Where checkpoints go; it is created where it does not exist, and belongs to one run.</param>
public sealed record CheckpointOptions(string Folder)
{
    /// <summary>Epochs between two checkpoints; at least 1.</summary>
    public int EveryEpochs { get; init; } = 1;

    /// <summary>Steps between two checkpoints besides those after epochs; null for none, otherwise at least 1.</summary>
    public long? EverySteps { get; init; }

    /// <summary>Checkpoints to keep: this many of the last ones; at least 1.</summary>
    public int KeepLast { get; init; } = 2;

    /// <summary>
    /// Whether to keep the model of the best epoch besides, as <c>best.safetensors</c>: the one with the lowest validation loss, or
    /// training loss where there is no validation data. Only epochs after the split count, where there is one, and only finite losses.
    /// </summary>
    public bool KeepBest { get; init; } = true;

    /// <summary>
    /// Whether to go on from the last checkpoint of the folder. Where there is none the run starts from the beginning, so that a
    /// program may always set this; a folder with checkpoints is refused where it is not set. All options must be those of the
    /// checkpoint, except <see cref="TrainingOptions.Epochs"/>: a run that made all its epochs is trained on if there are more now,
    /// with its moments and its best model. Steps already made keep the learning rate they had; a schedule that falls towards
    /// the end of the run, such as <see cref="CosineSchedule"/>, continues with the rates of the longer run.
    /// </summary>
    public bool Resume { get; init; }

    internal void Validate()
    {
        if (string.IsNullOrWhiteSpace(Folder))
            throw new TrainingOptionsException(nameof(TrainingOptions.Checkpoints), "the folder has no name; give one.");
        TrainingOptionsException.Require(EveryEpochs >= 1, nameof(EveryEpochs), EveryEpochs, "at least 1");
        TrainingOptionsException.Require(EverySteps is null or >= 1, nameof(EverySteps), EverySteps ?? 0, "at least 1");
        TrainingOptionsException.Require(KeepLast >= 1, nameof(KeepLast), KeepLast, "at least 1");
    }
}
