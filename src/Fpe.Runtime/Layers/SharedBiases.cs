using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe;

/// <summary>
/// The biases of an expanded layer whose children share the bias of their parent. Kernels read a copy per child and write the gradient with
/// respect to each copy. The parameter itself has one element per neuron, so siblings always stay equal.
/// </summary>
internal sealed class SharedBiases(Device device, ChildRows rows)
{
    /// <summary>Receives the gradient with respect to each copy.</summary>
    public DeviceBuffer Gradient { get; } = device.Allocate(rows.Count);

    /// <summary>Copies each bias to its children.</summary>
    /// <param name="bias">One bias per neuron.</param>
    /// <param name="copies">Receives one bias per output.</param>
    public void Copy(Parameter bias, DeviceBuffer copies) =>
        device.Kernels.Repeat(bias.Value, rows.Groups.Share, rows.Children, copies);

    /// <summary>Sums the gradients of the copies of each bias.</summary>
    public void SumGradients(Parameter bias) => device.Kernels.SumCopies(Gradient, rows.Groups.Share, rows.Children, bias.Gradient);

    /// <summary>Frees the gradient.</summary>
    public void Free() => Gradient.Dispose();
}
