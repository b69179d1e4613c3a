using System.Numerics;
using Fpe.Compute;
using Fpe.Research.Reference;

namespace Fpe.Runtime.Tests.Compute;

/// <summary>A device such as somebody has outside this repository: it implements what it has to, and leaves the rest to default bodies.</summary>
internal sealed class BareDevice<T> : Device
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public BareDevice() => Kernels = Checked(new BareKernels(new ReferenceKernels<T>()));

    public override string Name => $"bare-{typeof(T).Name}";

    public override ElementType ElementType => typeof(T) == typeof(double) ? ElementType.Float64 : ElementType.Float32;

    public override IKernels Kernels { get; }

    public override DeviceBuffer Allocate(int length) => new ReferenceBuffer<T>(this, length);

    public override IndexBuffer AllocateIndices(int length) => new ReferenceIndexBuffer(this, length);

    public override Activations AllocateActivations(int features, int capacity) => new ReferenceActivations<T>(this, features, capacity);

    public override DeviceEdges Prepare(EdgeLayout layout) => new ReferenceEdges(this, layout);
}
