using System.Buffers;
using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe;

/// <summary>
/// The biases of an expanded layer whose children share the bias of their parent. Kernels read a copy per child and write the gradient with
/// respect to each copy. The parameter itself has one element per neuron, so siblings always stay equal. Biases are few, and only a control
/// shares them, so copying and adding up happen on the host.
/// </summary>
internal sealed class SharedBiases(Device device, ChildRows rows)
{
    private readonly double[] gradients = new double[rows.Count];
    private readonly double[] sums = new double[rows.Groups.Neurons];

    /// <summary>Receives the gradient with respect to each copy.</summary>
    public DeviceBuffer Gradient { get; } = device.Allocate(rows.Count);

    /// <summary>Copies each bias to its children. Passes that predict do so at the same time.</summary>
    /// <param name="bias">One bias per neuron.</param>
    /// <param name="copies">Receives one bias per output.</param>
    public void Copy(Parameter bias, DeviceBuffer copies)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(rows.Groups.Neurons + rows.Count);
        Span<double> values = rented.AsSpan(0, rows.Groups.Neurons), children = rented.AsSpan(values.Length, rows.Count);
        bias.Value.Read(values);
        for (int row = 0; row < children.Length; row++)
            children[row] = values[rows.NeuronOf(row)];
        copies.Write(children);
        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>The gradient of a bias is the sum of those of its copies, child by child in the number format of the device.</summary>
    public void SumGradients(Parameter bias)
    {
        Gradient.Read(gradients);
        Array.Clear(sums);
        for (int row = 0; row < gradients.Length; row++)
        {
            ref double sum = ref sums[rows.NeuronOf(row)];
            sum += gradients[row];
            if (device.ElementType == ElementType.Float32)
                sum = (float)sum;
        }

        bias.Gradient.Write(sums);
    }

    /// <summary>Frees the gradient.</summary>
    public void Free() => Gradient.Dispose();
}
