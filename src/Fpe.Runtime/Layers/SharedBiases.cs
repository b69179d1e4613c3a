using Fpe.Compute;

namespace Fpe;

/// <summary>
/// The biases of an expanded layer whose children share that of their parent: a copy for each child, which kernels read, and the
/// gradient by each copy, which they write. The parameter itself has one element a neuron, so that siblings cannot drift apart.
/// </summary>
internal sealed class SharedBiases(Device device, int neurons, int children) : IDisposable
{
    private readonly DeviceBuffer copies = device.Allocate(neurons * children);

    /// <summary>Receives the gradient by each copy.</summary>
    public DeviceBuffer Gradient { get; } = device.Allocate(neurons * children);

    /// <summary>Copies each bias to its children.</summary>
    /// <returns>One bias per output.</returns>
    public DeviceBuffer Copy(Parameter bias)
    {
        device.Kernels.Repeat(bias.Value, children, copies);
        return copies;
    }

    /// <summary>The gradient of a bias is the sum of those of its copies.</summary>
    public void SumGradients(Parameter bias) => device.Kernels.SumRuns(Gradient, children, bias.Gradient);

    public void Dispose()
    {
        copies.Dispose();
        Gradient.Dispose();
    }
}
