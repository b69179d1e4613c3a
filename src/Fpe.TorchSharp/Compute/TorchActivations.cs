using Fpe.Compute;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

/// <summary>
/// A tensor [features, capacity]: the samples of one feature are contiguous, so a layer that reads some of its inputs gathers whole rows.
/// </summary>
internal sealed class TorchActivations(TorchDevice device, int features, int capacity) : Activations(device, features, capacity)
{
    private Tensor? values = device.Zeros(features, capacity);
    private Tensor? part;

    /// <summary>Returns the values of a batch: [features, batch]. The tensor is owned by this object, which caches the last one.</summary>
    public Tensor Batch(int batch)
    {
        Tensor whole = values ?? throw new ObjectDisposedException(nameof(Activations));
        if (batch == Capacity)
            return whole;
        if (part is null || part.shape[1] != batch)
        {
            part?.Dispose();
            part = whole.narrow(1, 0, batch).DetachFromDisposeScope();
        }

        return part;
    }

    public override void Write(ReadOnlySpan<float> samples, int batch)
    {
        CheckLength(samples.Length, batch);
        using Tensor rows = Batch(batch).t();
        HostCopy.Write(samples, rows);
    }

    public override void Write(ReadOnlySpan<double> samples, int batch)
    {
        CheckLength(samples.Length, batch);
        using Tensor rows = Batch(batch).t();
        HostCopy.Write(samples, rows);
    }

    public override void Read(Span<float> samples, int batch)
    {
        CheckLength(samples.Length, batch);
        using Tensor rows = Batch(batch).t();
        HostCopy.Read(rows, samples);
    }

    public override void Read(Span<double> samples, int batch)
    {
        CheckLength(samples.Length, batch);
        using Tensor rows = Batch(batch).t();
        HostCopy.Read(rows, samples);
    }

    protected override void Dispose(bool disposing)
    {
        part?.Dispose();
        values?.Dispose();
        part = values = null;
    }
}
