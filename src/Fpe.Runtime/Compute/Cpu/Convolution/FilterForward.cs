using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>y[f, p] = b[f] + Σ_t w[f, t] · x[p, t], or y[f, p] += …, for the filters and places of a segment.</summary>
internal readonly unsafe struct FilterForward : IFilterProduct
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compute(FilterSegment* segment)
    {
        int pairs = segment->Width == VectorWidth.Bits512 ? segment->Pixels & ~1 : 0;
        int filter = 0;
        for (int rest = segment->FilterCount; rest > 1; rest = segment->FilterCount - filter)
        {
            for (int pixel = 0; pixel < pairs; pixel += 2)
            {
                if (rest >= 8)
                    FilterForwardTile.Run<Lanes16, Vector512<float>, Eight>(segment, filter, pixel);
                else if (rest >= 4)
                    FilterForwardTile.Run<Lanes16, Vector512<float>, Four>(segment, filter, pixel);
                else
                    FilterForwardTile.Run<Lanes16, Vector512<float>, Two>(segment, filter, pixel);
            }

            // 16 registers hold the sums of 6 filters; 8 = 4 + 4
            bool six = pairs == 0 && rest >= 6 && rest != 8;
            for (int pixel = pairs; pixel < segment->Pixels; pixel++)
            {
                if (six)
                    FilterForwardTile.Run<Lanes8, Vector256<float>, Six>(segment, filter, pixel);
                else if (rest >= 4)
                    FilterForwardTile.Run<Lanes8, Vector256<float>, Four>(segment, filter, pixel);
                else
                    FilterForwardTile.Run<Lanes8, Vector256<float>, Two>(segment, filter, pixel);
                if (pairs > 0 && rest >= 8)
                    FilterForwardTile.Run<Lanes8, Vector256<float>, Four>(segment, filter + 4, pixel);
            }

            filter += pairs > 0 && rest >= 8 ? 8 : six ? 6 : rest >= 4 ? 4 : 2;
        }

        if (filter < segment->FilterCount)
            ComputeSingle(segment, filter);
    }

    /// <summary>Computes one filter, several pixels per weight at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ComputeSingle(FilterSegment* segment, int filter)
    {
        int pixel = 0;
        if (segment->Width == VectorWidth.Bits512)
        {
            for (; pixel + 2 * SingleFilterTile.Pixels <= segment->Pixels; pixel += 2 * SingleFilterTile.Pixels)
                SingleFilterTile.Run<Lanes16, Vector512<float>, Four>(segment, filter, pixel);
        }

        for (; pixel + SingleFilterTile.Pixels <= segment->Pixels; pixel += SingleFilterTile.Pixels)
            SingleFilterTile.Run<Lanes8, Vector256<float>, Four>(segment, filter, pixel);
        for (; pixel < segment->Pixels; pixel++)
            SingleFilterTile.Run<Lanes8, Vector256<float>, One>(segment, filter, pixel);
    }
}
