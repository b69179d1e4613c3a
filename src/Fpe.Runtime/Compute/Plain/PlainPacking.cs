using System.Numerics;

namespace Fpe.Compute.Plain;

/// <summary>Values over edges, without the elements that belong to no edge.</summary>
internal static class PlainPacking<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Copies the values of edges, one after the other.</summary>
    public static void Pack(ReadOnlySpan<bool> isEdge, ReadOnlySpan<T> values, Span<T> packed)
    {
        int next = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (isEdge[i])
                packed[next++] = values[i];
        }
    }

    /// <summary>Copies the values back; all other elements become 0.</summary>
    public static void Unpack(ReadOnlySpan<bool> isEdge, ReadOnlySpan<T> packed, Span<T> values)
    {
        int next = 0;
        for (int i = 0; i < values.Length; i++)
            values[i] = isEdge[i] ? packed[next++] : T.Zero;
    }
}
