using System.Runtime.InteropServices;
using Fpe.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

/// <summary>
/// All kernels as operations on tensors [features, batch]; each is in its own file in this folder, except the shortest ones.
/// </summary>
/// <remarks>
/// No kernel but those of embeddings reads a tensor back, so no other waits for a GPU. Everything that a kernel allocates is freed when it returns: tensors by a
/// dispose scope, scalars individually, because scopes do not track them. Scalars are kept alive for the duration of a call: an overload
/// that creates its own scalar, such as the factor 1 of <c>add_(x)</c>, would leave it to the garbage collector, which may free it while it
/// is in use.
/// </remarks>
internal sealed partial class TorchKernels(TorchDevice device) : IKernels
{
    /// <summary>Constants that kernels use in every step.</summary>
    public static readonly Scalar Zero = 0.0, One = 1.0, MinusOne = -1.0, Half = 0.5;

    public void Fill(DeviceBuffer y, double value) => Run(() =>
    {
        using Scalar scalar = value;
        Values(y).fill_(scalar);
    });

    public void Copy(DeviceBuffer x, DeviceBuffer y) => Run(() => Values(y).copy_(Values(x)));

    private static Tensor Values(DeviceBuffer buffer) => ((TorchBuffer)buffer).Values;

    private static TorchIndexBuffer Indices(IndexBuffer buffer) => (TorchIndexBuffer)buffer;

    private static Tensor Batch(Activations activations, int batch) => ((TorchActivations)activations).Batch(batch);

    private static TorchEdges Edges(DeviceEdges edges) => (TorchEdges)edges;

    /// <summary>Returns one element of a buffer as a tensor [1].</summary>
    private static Tensor Slot(DeviceBuffer buffer, int slot) => Values(buffer).narrow(0, slot, 1);

    /// <summary>Runs a kernel: nothing is recorded for automatic differentiation, and temporary tensors are freed at the end.</summary>
    private void Run(Action kernel)
    {
        using IDisposable recording = no_grad();
        using DisposeScope temporaries = NewDisposeScope();
        try
        {
            kernel();
        }
        catch (ExternalException error)
        {
            throw TorchDeviceException.Of(device.Name, "a kernel failed", error);
        }
    }
}
