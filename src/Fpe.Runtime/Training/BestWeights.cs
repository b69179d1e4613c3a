using Fpe.Compute;

namespace Fpe.Training;

/// <summary>Watches the validation loss for <see cref="EarlyStopping"/> and keeps the weights of the best epoch.</summary>
internal sealed class BestWeights(EarlyStopping settings, Model model) : IDisposable
{
    private readonly ParameterSnapshot snapshot = new(model);
    /// <summary>Number of the best epoch so far; null before the first.</summary>
    public int? Epoch { get; private set; }

    /// <summary>Validation loss of the best epoch so far.</summary>
    public double Loss { get; private set; } = double.PositiveInfinity;

    /// <summary>The weights of the best epoch so far, in the order of the model's parameters.</summary>
    public IReadOnlyList<DeviceBuffer> Weights => snapshot.Copies;

    /// <summary>Takes note of an epoch.</summary>
    /// <returns>Whether the run should end: no improvement for as many epochs as the patience allows.</returns>
    public bool Observe(int epoch, double validationLoss)
    {
        if (Epoch is null || validationLoss < Loss - settings.MinimumChange)
        {
            Loss = validationLoss;
            Epoch = epoch;
            snapshot.Take();
        }

        return epoch - Epoch >= settings.Patience;
    }

    /// <summary>Goes on with the best epoch of a checkpoint.</summary>
    public void Resume(BestEpoch best, double[][] weights)
    {
        (Epoch, Loss) = (best.Epoch, best.Loss);
        snapshot.Set(weights);
    }

    /// <summary>Gives the model the weights of the best epoch.</summary>
    public void Restore()
    {
        if (Epoch is not null)
            snapshot.Restore();
    }

    public void Dispose() => snapshot.Dispose();
}
