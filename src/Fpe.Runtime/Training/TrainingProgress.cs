namespace Fpe.Training;

/// <summary>Where a run stands, but for its tensors: what a checkpoint holds as JSON.</summary>
internal sealed record TrainingProgress
{
    /// <summary>What the bits of the run depend on; see <see cref="RunIdentity"/>.</summary>
    public required SortedDictionary<string, string> Run { get; init; }

    /// <summary>Epochs that are finished.</summary>
    public required int Epoch { get; init; }

    /// <summary>Steps of the next epoch that are finished; below the steps of an epoch.</summary>
    public required int StepInEpoch { get; init; }

    /// <summary>Steps since the optimizer's moments were zero.</summary>
    public required long OptimizerSteps { get; init; }

    /// <summary>Learning rate of the last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>Right answers in the steps of the epoch under way.</summary>
    public required double CorrectAnswers { get; init; }

    /// <summary>The finished epochs.</summary>
    public required IReadOnlyList<EpochReport> Reports { get; init; }

    /// <summary>The best epoch so far and its validation loss, for early stopping; null where it does not watch yet.</summary>
    public required BestEpoch? Best { get; init; }

    /// <summary>The lowest loss of an epoch whose model was kept as the best; null where none was.</summary>
    public required double? LowestLoss { get; init; }

    /// <summary>Why the run ended; null while it has not.</summary>
    public required StopReason? StopReason { get; init; }

    /// <summary>Whether a run that had ended has epochs to go: it made all that it was to make, and now there are more.</summary>
    public bool Continues(int epochs) => StopReason == Training.StopReason.Completed && Epoch < epochs;
}

/// <summary>An epoch and its validation loss.</summary>
/// <param name="Epoch">Number of the epoch, from 1.</param>
/// <param name="Loss">Its validation loss.</param>
internal sealed record BestEpoch(int Epoch, double Loss);
