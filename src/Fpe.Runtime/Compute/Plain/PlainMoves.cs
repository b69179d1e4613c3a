using System.Numerics;

namespace Fpe.Compute.Plain;

/// <summary>Moves of values within a buffer.</summary>
internal static class PlainMoves<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Moves values; where they were is 0.</summary>
    public static void Move(ReadOnlySpan<int> from, ReadOnlySpan<int> to, Span<T> values)
    {
        for (int k = 0; k < from.Length; k++)
        {
            values[to[k]] = values[from[k]];
            values[from[k]] = T.Zero;
        }
    }
}
