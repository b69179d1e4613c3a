using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>dx[p, t] += Σ_f w[f, t] · dz[f, p] for the filters and places of a run.</summary>
internal readonly unsafe struct FilterInputGradient : IFilterProduct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compute(FilterRun* run)
    {
        int pairs = run->Width == VectorWidth.Bits512 ? run->Pixels & ~1 : 0;
        for (int pixel = 0; pixel < pairs; pixel += 2)
        {
            for (int filter = 0, rest = run->FilterCount; rest > 0; rest = run->FilterCount - filter)
            {
                if (rest >= 8)
                    filter += Add<Lanes16, Vector512<float>, Eight>(run, filter, pixel);
                else if (rest >= 4)
                    filter += Add<Lanes16, Vector512<float>, Four>(run, filter, pixel);
                else if (rest >= 2)
                    filter += Add<Lanes16, Vector512<float>, Two>(run, filter, pixel);
                else
                    filter += Add<Lanes16, Vector512<float>, One>(run, filter, pixel);
            }
        }

        for (int pixel = pairs; pixel < run->Pixels; pixel++)
        {
            for (int filter = 0, rest = run->FilterCount; rest > 0; rest = run->FilterCount - filter)
            {
                if (rest >= 4)
                    filter += Add<Lanes8, Vector256<float>, Four>(run, filter, pixel);
                else if (rest >= 2)
                    filter += Add<Lanes8, Vector256<float>, Two>(run, filter, pixel);
                else
                    filter += Add<Lanes8, Vector256<float>, One>(run, filter, pixel);
            }
        }
    }

    private static int Add<TLanes, TVector, TRows>(FilterRun* run, int filter, int pixel)
        where TLanes : struct, ITileVector<TVector>
        where TRows : struct, ITileHeight
    {
        FilterInputGradientTile.Add<TLanes, TVector, TRows>(run, filter, pixel);
        return TRows.Count;
    }
}
