namespace Fpe;

/// <summary>A use of a model that lasts until it is disposed; disposing it twice has no further effect.</summary>
internal sealed class ModelHold(Action end) : IDisposable
{
    private Action? end = end;

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref end, null)?.Invoke();
}
