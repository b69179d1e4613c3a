namespace Fpe.Compute.Cpu;

/// <summary>Every kernel, vectorised; a file of this folder each.</summary>
/// <remarks>
/// The width of a vector is fixed at 8 floats, so that sums are formed in the same order on every processor. Where processors
/// have no such vectors the runtime composes them of what there is.
/// </remarks>
internal sealed unsafe partial class CpuKernels : IKernels
{
    private static CpuBuffer Floats(DeviceBuffer buffer) => (CpuBuffer)buffer;

    private static int* Integers(IndexBuffer buffer) => ((CpuIndexBuffer)buffer).Address;

    private static CpuActivations Panels(Activations activations) => (CpuActivations)activations;
}
