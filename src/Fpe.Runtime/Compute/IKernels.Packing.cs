namespace Fpe.Compute;

/// <content>Values over edges without the elements that belong to no edge, as they are sent to other processes; and sums of buffers.</content>
public partial interface IKernels
{
    /// <summary>
    /// packed[start + k] = values[e_k] (=), where e_0 &lt; e_1 &lt; … are those of the elements from <paramref name="first"/> to
    /// <paramref name="first"/> + <paramref name="count"/> − 1 of a buffer over the edges that belong to an edge. Other elements of
    /// <paramref name="packed"/> are unchanged.
    /// </summary>
    /// <param name="edges">The edges.</param>
    /// <param name="first">The first element; a multiple of <see cref="DeviceBuffer.SliceAlignment"/>.</param>
    /// <param name="count">The number of elements; unless they end with the buffer, a multiple of <see cref="DeviceBuffer.SliceAlignment"/>.</param>
    /// <param name="values">A buffer over <paramref name="edges"/>.</param>
    /// <param name="packed">Receives the values of the edges.</param>
    /// <param name="start">Where the first of them goes.</param>
    void PackEdges(DeviceEdges edges, int first, int count, DeviceBuffer values, DeviceBuffer packed, int start) =>
        HostKernels.PackEdges(edges, first, count, values, packed, start);

    /// <summary>
    /// The reverse of <see cref="PackEdges"/>: values[e_k] = packed[start + k] (=), and 0 where an element of the range belongs to no edge. Elements
    /// outside of the range are unchanged.
    /// </summary>
    /// <param name="edges">The edges.</param>
    /// <param name="first">The first element; a multiple of <see cref="DeviceBuffer.SliceAlignment"/>.</param>
    /// <param name="count">The number of elements; unless they end with the buffer, a multiple of <see cref="DeviceBuffer.SliceAlignment"/>.</param>
    /// <param name="packed">The values of the edges.</param>
    /// <param name="start">Where the first of them is.</param>
    /// <param name="values">A buffer over <paramref name="edges"/>.</param>
    void UnpackEdges(DeviceEdges edges, int first, int count, DeviceBuffer packed, int start, DeviceBuffer values) =>
        HostKernels.UnpackEdges(edges, first, count, packed, start, values);

    /// <summary>y += x for each x, one after the other, so that sums are rounded in this order; all have the same length.</summary>
    /// <param name="terms">What is added; none is <paramref name="y"/>.</param>
    /// <param name="y">The sum.</param>
    void AddAll(ReadOnlySpan<DeviceBuffer> terms, DeviceBuffer y)
    {
        foreach (DeviceBuffer x in terms)
            AddScaled(x, 1, y);
    }
}
