using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

/// <summary>Stores the two vectors of a row of a tile.</summary>
/// <typeparam name="TLanes">The width of a vector.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
internal static unsafe class VectorPair<TLanes, TVector>
    where TLanes : struct, ITileVector<TVector>
{
    /// <summary>y = (first, second), the second <paramref name="distance"/> floats after the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(TVector first, TVector second, float* y, nint distance)
    {
        TLanes.Store(first, y);
        TLanes.Store(second, y + distance);
    }

    /// <summary>y += (first, second).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(TVector first, TVector second, float* y, nint distance)
    {
        TLanes.Store(TLanes.Add(TLanes.Load(y), first), y);
        TLanes.Store(TLanes.Add(TLanes.Load(y + distance), second), y + distance);
    }
}
