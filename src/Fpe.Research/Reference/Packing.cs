using Fpe.Compute;
using Fpe.Compute.Plain;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void PackEdges(DeviceEdges edges, int first, int count, DeviceBuffer values, DeviceBuffer packed, int start) =>
        PlainPacking<T>.Pack(AreEdges(edges, first, count), Values(values).Slice(first, count), Values(packed)[start..]);

    public void UnpackEdges(DeviceEdges edges, int first, int count, DeviceBuffer packed, int start, DeviceBuffer values) =>
        PlainPacking<T>.Unpack(AreEdges(edges, first, count), Values(packed)[start..], Values(values).Slice(first, count));

    public void AddAll(ReadOnlySpan<DeviceBuffer> terms, DeviceBuffer y)
    {
        foreach (DeviceBuffer x in terms)
            PlainAddScaled<T>.Add(Values(x), T.One, Values(y));
    }

    private static bool[] AreEdges(DeviceEdges edges, int first, int count)
    {
        var areEdges = new bool[count];
        for (int i = 0; i < count; i++)
            areEdges[i] = edges.Layout.IsKept(first + i);
        return areEdges;
    }
}
