namespace Fpe.Compute;

/// <content>Moves of values within a buffer, and sums of buffers, before and after they are sent to other processes.</content>
public partial interface IKernels
{
    /// <summary>values[to[k]] = values[from[k]] (=), and then values[from[k]] = 0, for each k; all other elements are unchanged.</summary>
    /// <param name="from">The elements whose values move. No element occurs twice in <paramref name="from"/> and <paramref name="to"/>.</param>
    /// <param name="to">Where they move; as long as <paramref name="from"/>.</param>
    /// <param name="values">The values.</param>
    void MoveValues(IndexBuffer from, IndexBuffer to, DeviceBuffer values) => HostKernels.MoveValues(from, to, values);

    /// <summary>y += x for each x, one after the other, so that sums are rounded in this order; all have the same length.</summary>
    /// <param name="terms">What is added; none is <paramref name="y"/>.</param>
    /// <param name="y">The sum.</param>
    void AddAll(ReadOnlySpan<DeviceBuffer> terms, DeviceBuffer y)
    {
        foreach (DeviceBuffer x in terms)
            AddScaled(x, 1, y);
    }
}
