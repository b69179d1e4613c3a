using Fpe.Compute;

namespace Fpe.Research.Reference;

/// <summary>
/// A device of plain loops over managed arrays. It is slow and obvious: the other devices are tested against it, and
/// gradients are checked on it in <see cref="ElementType.Float64"/>.
/// </summary>
public sealed class ReferenceDevice : Device
{
    /// <summary>Creates a device.</summary>
    /// <param name="elementType">The number format of its buffers and of its arithmetic.</param>
    public ReferenceDevice(ElementType elementType)
    {
        ElementType = elementType;
        Kernels = Checked(IsDouble ? new ReferenceKernels<double>() : new ReferenceKernels<float>());
    }

    /// <inheritdoc/>
    public override string Name => IsDouble ? "reference-float64" : "reference-float32";

    /// <inheritdoc/>
    public override ElementType ElementType { get; }

    /// <inheritdoc/>
    public override IKernels Kernels { get; }

    private bool IsDouble => ElementType == ElementType.Float64;

    /// <inheritdoc/>
    public override DeviceBuffer Allocate(int length) =>
        IsDouble ? new ReferenceBuffer<double>(this, length) : new ReferenceBuffer<float>(this, length);

    /// <inheritdoc/>
    public override IndexBuffer AllocateIndices(int length) => new ReferenceIndexBuffer(this, length);

    /// <inheritdoc/>
    public override Activations AllocateActivations(int features, int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(features);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        return IsDouble
            ? new ReferenceActivations<double>(this, features, capacity)
            : new ReferenceActivations<float>(this, features, capacity);
    }

    /// <inheritdoc/>
    public override DeviceEdges Prepare(EdgeLayout layout) => new ReferenceEdges(this, layout);
}
