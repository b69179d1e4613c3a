using Fpe.Compute;

namespace Fpe.Training;

/// <summary>Watches the validation loss for <see cref="EarlyStopping"/> and keeps the weights of the best epoch.</summary>
internal sealed class BestWeights(EarlyStopping settings, Model model) : IDisposable
{
    private readonly ParameterSnapshot snapshot = new(model);
    private ParameterSnapshot? replaced;

    /// <summary>Number of the best epoch so far; null before the first whose loss is finite.</summary>
    public int? Epoch { get; private set; }

    /// <summary>Validation loss of the best epoch so far.</summary>
    public double Loss { get; private set; } = double.PositiveInfinity;

    /// <summary>The weights of the best epoch so far, in the order of the model's parameters.</summary>
    public IReadOnlyList<DeviceBuffer> Weights => snapshot.Copies;

    /// <summary>The weights that the model had before <see cref="Restore"/>, if they were to be kept; otherwise null.</summary>
    public IReadOnlyList<DeviceBuffer>? Replaced => replaced?.Copies;

    /// <summary>Keeps the weights of an epoch if it is the best so far. A loss that is not finite is never the best.</summary>
    public void Observe(int epoch, double validationLoss)
    {
        if (!double.IsFinite(validationLoss) || validationLoss >= Loss - settings.MinimumChange)
            return;
        (Epoch, Loss) = (epoch, validationLoss);
        snapshot.Take();
    }

    /// <summary>Goes on with the best epoch of a checkpoint.</summary>
    public void Resume(BestEpoch best, double[][] weights)
    {
        (Epoch, Loss) = (best.Epoch, best.Loss);
        snapshot.Set(weights);
    }

    /// <summary>Gives the model the weights of the best epoch.</summary>
    /// <param name="keepsReplaced">Whether to keep those that it has now, to train on.</param>
    public void Restore(bool keepsReplaced)
    {
        if (Epoch is null)
            return;
        if (keepsReplaced)
        {
            replaced = new ParameterSnapshot(model);
            replaced.Take();
        }

        snapshot.Restore();
    }

    public void Dispose()
    {
        snapshot.Dispose();
        replaced?.Dispose();
    }
}
