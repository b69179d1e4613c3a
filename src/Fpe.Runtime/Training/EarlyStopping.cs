namespace Fpe.Training;

/// <summary>
/// Ends a run when the validation loss has not decreased for some epochs, and restores the best weights. If there is a split, only epochs
/// after it count, because earlier weights do not fit the expanded model. If edges are learned, epochs count from the one in which the
/// edges become final, so that the best weights fit the edges. A loss that is not finite does not count as an improvement.
/// </summary>
/// <param name="Patience">The number of epochs without improvement after which the run ends; at least 1.</param>
/// <param name="MinimumChange">The validation loss must decrease by more than this to count as an improvement; at least 0.</param>
public sealed record EarlyStopping(int Patience, double MinimumChange = 0)
{
    internal void Validate()
    {
        TrainingOptionsException.Require(Patience >= 1, nameof(Patience), Patience, "at least 1");
        TrainingOptionsException.Require(double.IsFinite(MinimumChange) && MinimumChange >= 0, nameof(MinimumChange), MinimumChange, "at least 0");
    }
}
