using Fpe.Compute;
using Fpe.Compute.Plain;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void MoveValues(IndexBuffer from, IndexBuffer to, DeviceBuffer values)
    {
        KernelIndices.CheckMoves(Values(from), Values(to), values.Length);
        PlainMoves<T>.Move(Values(from), Values(to), Values(values));
    }

    public void AddAll(ReadOnlySpan<DeviceBuffer> terms, DeviceBuffer y)
    {
        foreach (DeviceBuffer x in terms)
            PlainAddScaled<T>.Add(Values(x), T.One, Values(y));
    }
}
