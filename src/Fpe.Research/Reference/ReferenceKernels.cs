using System.Numerics;
using Fpe.Compute;

namespace Fpe.Research.Reference;

/// <summary>Every kernel as plain loops in the order of its formula; a file of this folder each.</summary>
internal sealed partial class ReferenceKernels<T> : IKernels
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static Span<T> Values(DeviceBuffer buffer) => ((ReferenceBuffer<T>)buffer).Values;

    private static Span<T> Row(DeviceBuffer table, int row, int width) => Values(table).Slice(row * width, width);

    private static Span<int> Values(IndexBuffer buffer) => ((ReferenceIndexBuffer)buffer).Values;

    private static Span<T> Batch(Activations activations, int batch) => ((ReferenceActivations<T>)activations).Batch(batch);

    private static Span<T> Sample(Activations activations, int sample) => ((ReferenceActivations<T>)activations).Sample(sample);

    private static T Number(double value) => T.CreateTruncating(value);
}
