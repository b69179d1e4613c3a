namespace Fpe.Training;

/// <summary>The progress of a run without its tensors: the JSON part of a checkpoint.</summary>
internal sealed record TrainingProgress
{
    /// <summary>Everything that the bits of the run depend on; see <see cref="RunIdentity"/>.</summary>
    public required SortedDictionary<string, string> Run { get; init; }

    /// <summary>The number of finished epochs.</summary>
    public required int Epoch { get; init; }

    /// <summary>The number of finished steps of the next epoch; less than the steps per epoch.</summary>
    public required int StepInEpoch { get; init; }

    /// <summary>The number of steps since the optimizer's moments were zero.</summary>
    public required long OptimizerSteps { get; init; }

    /// <summary>The learning rate of the last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The number of correct answers in the finished steps of the current epoch.</summary>
    public required double CorrectAnswers { get; init; }

    /// <summary>The reports of the finished epochs.</summary>
    public required IReadOnlyList<EpochReport> Reports { get; init; }

    /// <summary>The best epoch so far and its value, for early stopping; null if there is none yet.</summary>
    public required BestEpoch? Best { get; init; }

    /// <summary>The loss, or the metric of early stopping, of the epoch whose model was kept as the best; null if none was.</summary>
    public required double? LowestLoss { get; init; }

    /// <summary>Why the run ended; null if it has not ended.</summary>
    public required StopReason? StopReason { get; init; }

    /// <summary>Returns whether a completed run has further epochs, because the number of epochs was increased.</summary>
    public bool Continues(int epochs) => StopReason == Training.StopReason.Completed && Epoch < epochs;
}

/// <summary>An epoch and its value.</summary>
/// <param name="Epoch">The one-based number of the epoch.</param>
/// <param name="Loss">Its validation loss, or the metric that early stopping watches.</param>
internal sealed record BestEpoch(int Epoch, double Loss);
