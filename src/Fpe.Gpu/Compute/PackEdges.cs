using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

/// <content>Values over edges without the slots that hold none, a thread for each slot.</content>
internal sealed partial class GpuKernels
{
    private readonly Kernel<PackArguments> packEdges = new(device, PackEdges);
    private readonly Kernel<PackArguments> unpackEdges = new(device, UnpackEdges);

    public void PackEdges(DeviceEdges edges, int first, int count, DeviceBuffer values, DeviceBuffer packed, int start) =>
        packEdges.RunFor(count, ArgumentsOf(edges, first, count, values, packed, start));

    public void UnpackEdges(DeviceEdges edges, int first, int count, DeviceBuffer packed, int start, DeviceBuffer values) =>
        unpackEdges.RunFor(count, ArgumentsOf(edges, first, count, values, packed, start));

    private static PackArguments ArgumentsOf(DeviceEdges edges, int first, int count, DeviceBuffer values, DeviceBuffer packed, int start)
    {
        EdgePlaces places = Edges(edges).Places;
        return new PackArguments
        {
            Places = places.View,
            Values = View(values),
            Packed = View(packed),
            First = first,
            Count = count,
            Shift = start - places.Before(first),
        };
    }

    private static void PackEdges(PackArguments a)
    {
        int slot = a.First + DeviceThread.Number;
        if (DeviceThread.Number < a.Count && a.Places[slot] >= 0)
            a.Packed[a.Places[slot] + a.Shift] = a.Values[slot];
    }

    private static void UnpackEdges(PackArguments a)
    {
        int slot = a.First + DeviceThread.Number;
        if (DeviceThread.Number < a.Count)
            a.Values[slot] = a.Places[slot] >= 0 ? a.Packed[a.Places[slot] + a.Shift] : 0;
    }

    private struct PackArguments
    {
        public ArrayView<int> Places;
        public ArrayView<float> Values, Packed;
        public int First, Count;

        /// <summary>From the number of an edge to its place in the packed buffer.</summary>
        public int Shift;
    }
}
