namespace Fpe.Compute;

/// <content>Values over edges without the elements that belong to no edge, and sums of buffers.</content>
internal sealed partial class CheckedKernels
{
    public void PackEdges(DeviceEdges edges, int first, int count, DeviceBuffer values, DeviceBuffer packed, int start)
    {
        CheckPacking(edges, first, count, values, packed, start);
        kernels.PackEdges(edges, first, count, values, packed, start);
        KeepAlive(edges, values, packed);
    }

    public void UnpackEdges(DeviceEdges edges, int first, int count, DeviceBuffer packed, int start, DeviceBuffer values)
    {
        CheckPacking(edges, first, count, values, packed, start);
        kernels.UnpackEdges(edges, first, count, packed, start, values);
        KeepAlive(edges, values, packed);
    }

    public void AddAll(ReadOnlySpan<DeviceBuffer> terms, DeviceBuffer y)
    {
        arguments.Check(y);
        foreach (DeviceBuffer x in terms)
        {
            arguments.Check(x, y.Length);
            KernelArguments.CheckDistinct(x, y);
        }

        kernels.AddAll(terms, y);
        KeepAlive(terms);
        KeepAlive(y);
    }

    private void CheckPacking(DeviceEdges edges, int first, int count, DeviceBuffer values, DeviceBuffer packed, int start)
    {
        arguments.Check(edges);
        arguments.Check(values, edges.StorageLength);
        arguments.Check(packed);
        KernelArguments.CheckDistinct(values, packed);
        DeviceBuffer.CheckSlice(first, count, edges.StorageLength);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        int edgeCount = edges.Mask.Count(first, count);
        if (edgeCount > packed.Length - start)
            throw new ArgumentException($"{edgeCount} values from element {start} on do not fit into the buffer of {packed.Length} elements.", nameof(packed));
    }
}
