using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

/// <summary>
/// The inner loop of <see cref="CpuKernels.EdgeConv2dInputGradient"/>: the gradients of up to 8 filters × 2 vectors of lanes stay in
/// registers while they are added to all pixels in the window.
/// </summary>
internal static unsafe class FilterInputGradientTile
{
    /// <summary>dx[p, t, l] += Σ_f w[f, t] · dz[f, p, l], weight by weight.</summary>
    /// <typeparam name="TLanes">The width of a vector.</typeparam>
    /// <typeparam name="TVector">The vector.</typeparam>
    /// <typeparam name="TRows">Filters to add.</typeparam>
    /// <param name="segment">The segment.</param>
    /// <param name="filter">First filter.</param>
    /// <param name="pixel">First place: one place, or two if a vector holds all lanes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add<TLanes, TVector, TRows>(FilterSegment* segment, int filter, int pixel)
        where TLanes : struct, ITileVector<TVector>
        where TRows : struct, ITileHeight
    {
        var dz00 = TLanes.Zero;
        var dz01 = TLanes.Zero;
        var dz10 = TLanes.Zero;
        var dz11 = TLanes.Zero;
        var dz20 = TLanes.Zero;
        var dz21 = TLanes.Zero;
        var dz30 = TLanes.Zero;
        var dz31 = TLanes.Zero;
        var dz40 = TLanes.Zero;
        var dz41 = TLanes.Zero;
        var dz50 = TLanes.Zero;
        var dz51 = TLanes.Zero;
        var dz60 = TLanes.Zero;
        var dz61 = TLanes.Zero;
        var dz70 = TLanes.Zero;
        var dz71 = TLanes.Zero;
        int* filters = segment->Filters + filter;
        float* dz = segment->Output + pixel * (nint)Panel.Width;
        nint next = TLanes.Second(Panel.Width);
        (dz00, dz01) = Load<TLanes, TVector>(dz + filters[0] * segment->OutputStride, next);
        if (TRows.Count > 1)
            (dz10, dz11) = Load<TLanes, TVector>(dz + filters[1] * segment->OutputStride, next);
        if (TRows.Count > 2)
        {
            (dz20, dz21) = Load<TLanes, TVector>(dz + filters[2] * segment->OutputStride, next);
            (dz30, dz31) = Load<TLanes, TVector>(dz + filters[3] * segment->OutputStride, next);
        }

        if (TRows.Count > 4)
        {
            (dz40, dz41) = Load<TLanes, TVector>(dz + filters[4] * segment->OutputStride, next);
            (dz50, dz51) = Load<TLanes, TVector>(dz + filters[5] * segment->OutputStride, next);
        }

        if (TRows.Count > 6)
        {
            (dz60, dz61) = Load<TLanes, TVector>(dz + filters[6] * segment->OutputStride, next);
            (dz70, dz71) = Load<TLanes, TVector>(dz + filters[7] * segment->OutputStride, next);
        }

        nint stride = segment->WeightStride, second = TLanes.Second(segment->ImageStep);
        float* weights = segment->Weights + filter * stride;
        float* image = segment->Image + pixel * segment->ImageStep;
        FilterTap* end = segment->Taps + segment->TapCount;
        for (FilterTap* tap = segment->Taps; tap < end; tap++)
        {
            float* dx = image + tap->Distance;
            var sum0 = TLanes.Load(dx);
            var sum1 = TLanes.Load(dx + second);
            float* w = weights + tap->Weight;
            float* w3 = w + 3 * stride, w6 = w3 + 3 * stride;
            var weight = TLanes.Create(*w);
            sum0 = TLanes.MultiplyAdd(weight, dz00, sum0);
            sum1 = TLanes.MultiplyAdd(weight, dz01, sum1);

            if (TRows.Count > 1)
            {
                weight = TLanes.Create(w[stride]);
                sum0 = TLanes.MultiplyAdd(weight, dz10, sum0);
                sum1 = TLanes.MultiplyAdd(weight, dz11, sum1);
            }

            if (TRows.Count > 2)
            {
                weight = TLanes.Create(w[2 * stride]);
                sum0 = TLanes.MultiplyAdd(weight, dz20, sum0);
                sum1 = TLanes.MultiplyAdd(weight, dz21, sum1);
                weight = TLanes.Create(*w3);
                sum0 = TLanes.MultiplyAdd(weight, dz30, sum0);
                sum1 = TLanes.MultiplyAdd(weight, dz31, sum1);
            }

            if (TRows.Count > 4)
            {
                weight = TLanes.Create(w3[stride]);
                sum0 = TLanes.MultiplyAdd(weight, dz40, sum0);
                sum1 = TLanes.MultiplyAdd(weight, dz41, sum1);
                weight = TLanes.Create(w3[2 * stride]);
                sum0 = TLanes.MultiplyAdd(weight, dz50, sum0);
                sum1 = TLanes.MultiplyAdd(weight, dz51, sum1);
            }

            if (TRows.Count > 6)
            {
                weight = TLanes.Create(*w6);
                sum0 = TLanes.MultiplyAdd(weight, dz60, sum0);
                sum1 = TLanes.MultiplyAdd(weight, dz61, sum1);
                weight = TLanes.Create(w6[stride]);
                sum0 = TLanes.MultiplyAdd(weight, dz70, sum0);
                sum1 = TLanes.MultiplyAdd(weight, dz71, sum1);
            }

            TLanes.Store(sum0, dx);
            TLanes.Store(sum1, dx + second);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector First, TVector Second) Load<TLanes, TVector>(float* dz, nint next)
        where TLanes : struct, ITileVector<TVector> => (TLanes.Load(dz), TLanes.Load(dz + next));
}
