using Fpe.Compute;

namespace Fpe.Training;

/// <summary>Watches the validation loss for <see cref="EarlyStopping"/> and keeps the weights of the best epoch.</summary>
internal sealed class BestWeights(EarlyStopping settings, Model model) : IDisposable
{
    private readonly ParameterSnapshot snapshot = new(model);

    /// <summary>Number of the best epoch so far; null before the first whose loss is finite.</summary>
    public int? Epoch { get; private set; }

    /// <summary>Validation loss of the best epoch so far.</summary>
    public double Loss { get; private set; } = double.PositiveInfinity;

    /// <summary>The weights of the best epoch so far, in the order of the model's parameters.</summary>
    public IReadOnlyList<DeviceBuffer> Weights => snapshot.Copies;

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
    public void Restore()
    {
        if (Epoch is not null)
            snapshot.Restore();
    }

    public void Dispose() => snapshot.Dispose();
}
