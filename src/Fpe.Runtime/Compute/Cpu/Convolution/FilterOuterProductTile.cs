using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

/// <summary>
/// The inner loop of <see cref="FilterOuterProducts{TLanes, TVector, TTaps}"/>: up to 8 taps × 2 vectors of filters in registers. A vector holds filters, so the
/// sums run over lanes and places, and are loaded and stored once for a whole row of the output.
/// </summary>
internal static unsafe class FilterOuterProductTile
{
    /// <summary>Maximum number of taps.</summary>
    public const int MaximumTaps = 8;

    /// <summary>sums[t, f] += Σ_v dz[v, f] · x[t, v] over the values v of some places.</summary>
    /// <typeparam name="TLanes">The width of a vector.</typeparam>
    /// <typeparam name="TVector">The vector.</typeparam>
    /// <typeparam name="TTaps">Number of taps.</typeparam>
    /// <param name="places">The places.</param>
    /// <param name="x">The first value of each tap; <see cref="MaximumTaps"/> addresses that can be read.</param>
    /// <param name="sums">[taps, 2 vectors].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<TLanes, TVector, TTaps>(FilterPlaces* places, float** x, float* sums)
        where TLanes : struct, ITileVector<TVector>
        where TTaps : struct, ITileHeight
    {
        float* x0 = x[0], x1 = x[1], x2 = x[2], x3 = x[3], x4 = x[4], x5 = x[5], x6 = x[6], x7 = x[7];
        nint width = 2 * TLanes.Count, second = TLanes.Count;
        var sum00 = TLanes.Load(sums);
        var sum01 = TLanes.Load(sums + second);
        var sum10 = TLanes.Load(sums + width);
        var sum11 = TLanes.Load(sums + width + second);
        var sum20 = TLanes.Zero;
        var sum21 = TLanes.Zero;
        var sum30 = TLanes.Zero;
        var sum31 = TLanes.Zero;
        var sum40 = TLanes.Zero;
        var sum41 = TLanes.Zero;
        var sum50 = TLanes.Zero;
        var sum51 = TLanes.Zero;
        var sum60 = TLanes.Zero;
        var sum61 = TLanes.Zero;
        var sum70 = TLanes.Zero;
        var sum71 = TLanes.Zero;
        if (TTaps.Count > 2)
        {
            (sum20, sum21) = (TLanes.Load(sums + 2 * width), TLanes.Load(sums + 2 * width + second));
            (sum30, sum31) = (TLanes.Load(sums + 3 * width), TLanes.Load(sums + 3 * width + second));
        }

        if (TTaps.Count > 4)
        {
            (sum40, sum41) = (TLanes.Load(sums + 4 * width), TLanes.Load(sums + 4 * width + second));
            (sum50, sum51) = (TLanes.Load(sums + 5 * width), TLanes.Load(sums + 5 * width + second));
        }

        if (TTaps.Count > 6)
        {
            (sum60, sum61) = (TLanes.Load(sums + 6 * width), TLanes.Load(sums + 6 * width + second));
            (sum70, sum71) = (TLanes.Load(sums + 7 * width), TLanes.Load(sums + 7 * width + second));
        }

        float* dz = places->Dz;
        nint offset = 0, xGap = places->XStep - places->Values, dzGap = (places->DzValues - places->Values) * width;
        for (int run = places->Runs; run > 0; run--, offset += xGap, dz += dzGap)
        {
            for (nint end = offset + places->Values; offset < end; offset++, dz += width)
            {
                var dz0 = TLanes.Load(dz);
                var dz1 = TLanes.Load(dz + second);
                var input = TLanes.Create(x0[offset]);
                sum00 = TLanes.MultiplyAdd(input, dz0, sum00);
                sum01 = TLanes.MultiplyAdd(input, dz1, sum01);
                input = TLanes.Create(x1[offset]);
                sum10 = TLanes.MultiplyAdd(input, dz0, sum10);
                sum11 = TLanes.MultiplyAdd(input, dz1, sum11);
                if (TTaps.Count > 2)
                {
                    input = TLanes.Create(x2[offset]);
                    sum20 = TLanes.MultiplyAdd(input, dz0, sum20);
                    sum21 = TLanes.MultiplyAdd(input, dz1, sum21);
                    input = TLanes.Create(x3[offset]);
                    sum30 = TLanes.MultiplyAdd(input, dz0, sum30);
                    sum31 = TLanes.MultiplyAdd(input, dz1, sum31);
                }

                if (TTaps.Count > 4)
                {
                    input = TLanes.Create(x4[offset]);
                    sum40 = TLanes.MultiplyAdd(input, dz0, sum40);
                    sum41 = TLanes.MultiplyAdd(input, dz1, sum41);
                    input = TLanes.Create(x5[offset]);
                    sum50 = TLanes.MultiplyAdd(input, dz0, sum50);
                    sum51 = TLanes.MultiplyAdd(input, dz1, sum51);
                }

                if (TTaps.Count > 6)
                {
                    input = TLanes.Create(x6[offset]);
                    sum60 = TLanes.MultiplyAdd(input, dz0, sum60);
                    sum61 = TLanes.MultiplyAdd(input, dz1, sum61);
                    input = TLanes.Create(x7[offset]);
                    sum70 = TLanes.MultiplyAdd(input, dz0, sum70);
                    sum71 = TLanes.MultiplyAdd(input, dz1, sum71);
                }
            }
        }

        VectorPair<TLanes, TVector>.Store(sum00, sum01, sums, second);
        VectorPair<TLanes, TVector>.Store(sum10, sum11, sums + width, second);
        if (TTaps.Count > 2)
        {
            VectorPair<TLanes, TVector>.Store(sum20, sum21, sums + 2 * width, second);
            VectorPair<TLanes, TVector>.Store(sum30, sum31, sums + 3 * width, second);
        }

        if (TTaps.Count > 4)
        {
            VectorPair<TLanes, TVector>.Store(sum40, sum41, sums + 4 * width, second);
            VectorPair<TLanes, TVector>.Store(sum50, sum51, sums + 5 * width, second);
        }

        if (TTaps.Count > 6)
        {
            VectorPair<TLanes, TVector>.Store(sum60, sum61, sums + 6 * width, second);
            VectorPair<TLanes, TVector>.Store(sum70, sum71, sums + 7 * width, second);
        }
    }
}
