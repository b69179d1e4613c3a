namespace Fpe.Training;

/// <summary>
/// Ends a run when the validation loss has not fallen for some epochs, and restores the best weights. Only epochs after the
/// split count, where there is one: weights from before it do not fit the expanded model. Where edges are learned, epochs count from
/// the one in which they become final, so that the best weights fit the edges. A loss that is not finite is no improvement.
/// </summary>
/// <param name="Patience">Epochs without improvement after which the run ends; at least 1.</param>
/// <param name="MinimumChange">The validation loss has to fall by more than this to count as improvement; at least 0.</param>
public sealed record EarlyStopping(int Patience, double MinimumChange = 0)
{
    internal void Validate()
    {
        TrainingOptionsException.Require(Patience >= 1, nameof(Patience), Patience, "at least 1");
        TrainingOptionsException.Require(double.IsFinite(MinimumChange) && MinimumChange >= 0, nameof(MinimumChange), MinimumChange, "at least 0");
    }
}
