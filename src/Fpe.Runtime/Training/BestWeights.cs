namespace Fpe.Training;

/// <summary>Watches the validation loss for <see cref="EarlyStopping"/> and keeps the weights of the best epoch.</summary>
internal sealed class BestWeights(EarlyStopping settings, Model model) : IDisposable
{
    private readonly ParameterSnapshot snapshot = new(model);
    private double bestLoss = double.PositiveInfinity;

    /// <summary>Number of the best epoch so far; null before the first.</summary>
    public int? Epoch { get; private set; }

    /// <summary>Takes note of an epoch.</summary>
    /// <returns>Whether the run should end: no improvement for as many epochs as the patience allows.</returns>
    public bool Observe(int epoch, double validationLoss)
    {
        if (Epoch is null || validationLoss < bestLoss - settings.MinimumChange)
        {
            bestLoss = validationLoss;
            Epoch = epoch;
            snapshot.Take();
        }

        return epoch - Epoch >= settings.Patience;
    }

    /// <summary>Gives the model the weights of the best epoch.</summary>
    public void Restore()
    {
        if (Epoch is not null)
            snapshot.Restore();
    }

    public void Dispose() => snapshot.Dispose();
}
