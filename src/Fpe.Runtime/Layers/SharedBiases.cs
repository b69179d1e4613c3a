using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe;

/// <summary>
/// The biases of an expanded layer whose children share that of their parent: a copy for each child, which kernels read, and the
/// gradient by each copy, which they write. The parameter itself has one element a neuron, so that siblings cannot drift apart.
/// </summary>
internal sealed class SharedBiases(Device device, ChildRows rows) : IDisposable
{
    private readonly DeviceBuffer copies = device.Allocate(rows.Count);

    /// <summary>Receives the gradient by each copy.</summary>
    public DeviceBuffer Gradient { get; } = device.Allocate(rows.Count);

    /// <summary>Copies each bias to its children.</summary>
    /// <returns>One bias per output.</returns>
    public DeviceBuffer Copy(Parameter bias)
    {
        device.Kernels.Repeat(bias.Value, rows.Groups.Share, rows.Children, copies);
        return copies;
    }

    /// <summary>The gradient of a bias is the sum of those of its copies.</summary>
    public void SumGradients(Parameter bias) => device.Kernels.SumCopies(Gradient, rows.Groups.Share, rows.Children, bias.Gradient);

    public void Dispose()
    {
        copies.Dispose();
        Gradient.Dispose();
    }
}
