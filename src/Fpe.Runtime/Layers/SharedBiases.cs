using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe;

/// <summary>
/// The biases of an expanded layer whose children share that of their parent: how they are copied for each child, which is what
/// kernels read, and the gradient by each copy, which they write. The parameter itself has one element a neuron, so that siblings
/// cannot drift apart.
/// </summary>
internal sealed class SharedBiases(Device device, ChildRows rows)
{
    /// <summary>Receives the gradient by each copy.</summary>
    public DeviceBuffer Gradient { get; } = device.Allocate(rows.Count);

    /// <summary>Copies each bias to its children.</summary>
    /// <param name="bias">One bias per neuron.</param>
    /// <param name="copies">Receives one bias per output.</param>
    public void Copy(Parameter bias, DeviceBuffer copies) =>
        device.Kernels.Repeat(bias.Value, rows.Groups.Share, rows.Children, copies);

    /// <summary>The gradient of a bias is the sum of those of its copies.</summary>
    public void SumGradients(Parameter bias) => device.Kernels.SumCopies(Gradient, rows.Groups.Share, rows.Children, bias.Gradient);

    /// <summary>Frees the gradient.</summary>
    public void Free() => Gradient.Dispose();
}
