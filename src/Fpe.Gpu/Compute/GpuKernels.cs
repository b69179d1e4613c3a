using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

/// <summary>
/// All kernels as C# functions that ILGPU translates for the device; each group of them is in its own file in this folder. No kernel adds
/// to a number that others add to: every sum is taken by one thread or one group in a fixed order, so two runs give the same bits.
/// </summary>
internal sealed partial class GpuKernels(GpuDevice device) : IKernels
{
    private static GpuActivations Lanes(Activations activations) => (GpuActivations)activations;

    private static ArrayView<float> View(Activations activations) => ((GpuActivations)activations).View;

    private static ArrayView<float> View(DeviceBuffer buffer) => ((GpuBuffer)buffer).View;

    private static GpuIndexBuffer Indices(IndexBuffer buffer) => (GpuIndexBuffer)buffer;

    private static GpuEdges Edges(DeviceEdges edges) => (GpuEdges)edges;
}
