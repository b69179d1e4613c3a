using Fpe.Compute;

namespace Fpe.Training;

/// <summary>Watches the value of <see cref="EarlyStopping"/> and keeps the weights of the best epoch.</summary>
internal sealed class BestWeights(EarlyStopping settings, Model model) : IDisposable
{
    private readonly ParameterSnapshot snapshot = new(model);
    private readonly WatchedValue watched = new(settings.Metric);
    private ParameterSnapshot? replaced;

    /// <summary>The number of the best epoch so far; null before the first epoch with a finite value.</summary>
    public int? Epoch { get; private set; }

    /// <summary>The validation loss, or the metric, of the best epoch so far.</summary>
    public double Value { get; private set; } = new WatchedValue(settings.Metric).Worst;

    /// <summary>The weights of the best epoch so far, in the order of the model's parameters.</summary>
    public IReadOnlyList<DeviceBuffer> Weights => snapshot.Copies;

    /// <summary>The weights that the model had before <see cref="Restore"/>, if they were kept; otherwise, null.</summary>
    public IReadOnlyList<DeviceBuffer>? Replaced => replaced?.Copies;

    /// <summary>Keeps the weights of an epoch if it is the best so far. A value that is not finite is never the best.</summary>
    public void Observe(int epoch, double value)
    {
        if (!watched.IsBetter(value, Value, settings.MinimumChange))
            return;
        (Epoch, Value) = (epoch, value);
        snapshot.Take();
    }

    /// <summary>Resumes with the best epoch of a checkpoint.</summary>
    public void Resume(BestEpoch best, double[][] weights)
    {
        (Epoch, Value) = (best.Epoch, best.Loss);
        snapshot.Set(weights);
    }

    /// <summary>Restores the weights of the best epoch.</summary>
    /// <param name="keepsReplaced">Whether to keep the current weights, so that training can continue from them.</param>
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
