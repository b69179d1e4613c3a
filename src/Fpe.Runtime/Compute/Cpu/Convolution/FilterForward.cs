using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>y[f, p] = b[f] + Σ_t w[f, t] · x[p, t], or y[f, p] += …, for the filters and places of a run.</summary>
internal readonly unsafe struct FilterForward : IFilterProduct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compute(FilterRun* run)
    {
        int pairs = run->Width == VectorWidth.Bits512 ? run->Pixels & ~1 : 0;
        int filter = 0;
        for (int rest = run->FilterCount; rest > 1; rest = run->FilterCount - filter)
        {
            for (int pixel = 0; pixel < pairs; pixel += 2)
            {
                if (rest >= 8)
                    FilterForwardTile.Run<Lanes16, Vector512<float>, Eight>(run, filter, pixel);
                else if (rest >= 4)
                    FilterForwardTile.Run<Lanes16, Vector512<float>, Four>(run, filter, pixel);
                else
                    FilterForwardTile.Run<Lanes16, Vector512<float>, Two>(run, filter, pixel);
            }

            // 16 registers hold the sums of 6; 8 = 4 + 4
            bool six = pairs == 0 && rest >= 6 && rest != 8;
            for (int pixel = pairs; pixel < run->Pixels; pixel++)
            {
                if (six)
                    FilterForwardTile.Run<Lanes8, Vector256<float>, Six>(run, filter, pixel);
                else if (rest >= 4)
                    FilterForwardTile.Run<Lanes8, Vector256<float>, Four>(run, filter, pixel);
                else
                    FilterForwardTile.Run<Lanes8, Vector256<float>, Two>(run, filter, pixel);
                if (pairs > 0 && rest >= 8)
                    FilterForwardTile.Run<Lanes8, Vector256<float>, Four>(run, filter + 4, pixel);
            }

            filter += pairs > 0 && rest >= 8 ? 8 : six ? 6 : rest >= 4 ? 4 : 2;
        }

        if (filter < run->FilterCount)
            ComputeSingle(run, filter);
    }

    /// <summary>One filter: its weight meets several pixels at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ComputeSingle(FilterRun* run, int filter)
    {
        int pixel = 0;
        if (run->Width == VectorWidth.Bits512)
        {
            for (; pixel + 2 * SingleFilterTile.Pixels <= run->Pixels; pixel += 2 * SingleFilterTile.Pixels)
                SingleFilterTile.Run<Lanes16, Vector512<float>, Four>(run, filter, pixel);
        }

        for (; pixel + SingleFilterTile.Pixels <= run->Pixels; pixel += SingleFilterTile.Pixels)
            SingleFilterTile.Run<Lanes8, Vector256<float>, Four>(run, filter, pixel);
        for (; pixel < run->Pixels; pixel++)
            SingleFilterTile.Run<Lanes8, Vector256<float>, One>(run, filter, pixel);
    }
}
