using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>dx[p, t] += Σ_f w[f, t] · dz[f, p] for the filters and places of a segment.</summary>
internal readonly unsafe struct FilterInputGradient : IFilterProduct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compute(FilterSegment* segment)
    {
        int pairs = segment->Width == VectorWidth.Bits512 ? segment->Pixels & ~1 : 0;
        for (int pixel = 0; pixel < pairs; pixel += 2)
        {
            for (int filter = 0, rest = segment->FilterCount; rest > 0; rest = segment->FilterCount - filter)
            {
                if (rest >= 8)
                    filter += Add<Lanes16, Vector512<float>, Eight>(segment, filter, pixel);
                else if (rest >= 4)
                    filter += Add<Lanes16, Vector512<float>, Four>(segment, filter, pixel);
                else if (rest >= 2)
                    filter += Add<Lanes16, Vector512<float>, Two>(segment, filter, pixel);
                else
                    filter += Add<Lanes16, Vector512<float>, One>(segment, filter, pixel);
            }
        }

        for (int pixel = pairs; pixel < segment->Pixels; pixel++)
        {
            for (int filter = 0, rest = segment->FilterCount; rest > 0; rest = segment->FilterCount - filter)
            {
                if (rest >= 4)
                    filter += Add<Lanes8, Vector256<float>, Four>(segment, filter, pixel);
                else if (rest >= 2)
                    filter += Add<Lanes8, Vector256<float>, Two>(segment, filter, pixel);
                else
                    filter += Add<Lanes8, Vector256<float>, One>(segment, filter, pixel);
            }
        }
    }

    private static int Add<TLanes, TVector, TRows>(FilterSegment* segment, int filter, int pixel)
        where TLanes : struct, ITileVector<TVector>
        where TRows : struct, ITileHeight
    {
        FilterInputGradientTile.Add<TLanes, TVector, TRows>(segment, filter, pixel);
        return TRows.Count;
    }
}
