using Fpe.Compute.Plain;

namespace Fpe.Compute;

/// <content>Values over edges without the elements that belong to no edge.</content>
internal static partial class HostKernels
{
    public static void PackEdges(DeviceEdges edges, int first, int count, DeviceBuffer values, DeviceBuffer packed, int start)
    {
        double[] all = Read(packed);
        PlainPacking<double>.Pack(edges.Mask.Of(first, count), Read(values).AsSpan(first, count), all.AsSpan(start));
        packed.Write(all);
    }

    public static void UnpackEdges(DeviceEdges edges, int first, int count, DeviceBuffer packed, int start, DeviceBuffer values)
    {
        double[] all = Read(values);
        PlainPacking<double>.Unpack(edges.Mask.Of(first, count), Read(packed).AsSpan(start), all.AsSpan(first, count));
        values.Write(all);
    }
}
