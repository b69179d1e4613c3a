using Fpe.Compute.Plain;

namespace Fpe.Compute;

internal static partial class HostKernels
{
    public static void MoveValues(IndexBuffer from, IndexBuffer to, DeviceBuffer values)
    {
        int[] sources = ReadPlaces(from), targets = ReadPlaces(to);
        KernelIndices.CheckMoves(sources, targets, values.Length);
        double[] all = Read(values);
        PlainMoves<double>.Move(sources, targets, all);
        values.Write(all);
    }

    private static int[] ReadPlaces(IndexBuffer buffer)
    {
        var places = new int[buffer.Length];
        buffer.Read(places);
        return places;
    }
}
