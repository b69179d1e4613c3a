using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

/// <summary>
/// The inner loop of <see cref="CpuKernels.EdgeConv2dForward"/>: up to 8 filters × 2 vectors of lanes in registers, both halves of a place
/// or one of each of two places.
/// </summary>
internal static unsafe class FilterForwardTile
{
    /// <summary>y[f, p, l] = s[f, p, l] + Σ_t w[f, t] · x[p, t, l], where s is b[f] or, without b, y itself.</summary>
    /// <typeparam name="TLanes">The width of a vector.</typeparam>
    /// <typeparam name="TVector">The vector.</typeparam>
    /// <typeparam name="TRows">Filters to compute.</typeparam>
    /// <param name="segment">The segment.</param>
    /// <param name="filter">First filter.</param>
    /// <param name="pixel">First place.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TLanes, TVector, TRows>(FilterSegment* segment, int filter, int pixel)
        where TLanes : struct, ITileVector<TVector>
        where TRows : struct, ITileHeight
    {
        var sum00 = TLanes.Zero;
        var sum01 = TLanes.Zero;
        var sum10 = TLanes.Zero;
        var sum11 = TLanes.Zero;
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
        int* filters = segment->Filters + filter;
        float* y = segment->Output + pixel * (nint)Panel.Width;
        nint next = TLanes.Second(Panel.Width);
        if (segment->Bias != null)
        {
            sum00 = sum01 = TLanes.Create(segment->Bias[filters[0]]);
            sum10 = sum11 = TLanes.Create(segment->Bias[filters[1]]);

            if (TRows.Count > 2)
            {
                sum20 = sum21 = TLanes.Create(segment->Bias[filters[2]]);
                sum30 = sum31 = TLanes.Create(segment->Bias[filters[3]]);
            }

            if (TRows.Count > 4)
            {
                sum40 = sum41 = TLanes.Create(segment->Bias[filters[4]]);
                sum50 = sum51 = TLanes.Create(segment->Bias[filters[5]]);
            }

            if (TRows.Count > 6)
            {
                sum60 = sum61 = TLanes.Create(segment->Bias[filters[6]]);
                sum70 = sum71 = TLanes.Create(segment->Bias[filters[7]]);
            }
        }
        else
        {
            (sum00, sum01) = Load<TLanes, TVector>(y + filters[0] * segment->OutputStride, next);
            (sum10, sum11) = Load<TLanes, TVector>(y + filters[1] * segment->OutputStride, next);

            if (TRows.Count > 2)
            {
                (sum20, sum21) = Load<TLanes, TVector>(y + filters[2] * segment->OutputStride, next);
                (sum30, sum31) = Load<TLanes, TVector>(y + filters[3] * segment->OutputStride, next);
            }

            if (TRows.Count > 4)
            {
                (sum40, sum41) = Load<TLanes, TVector>(y + filters[4] * segment->OutputStride, next);
                (sum50, sum51) = Load<TLanes, TVector>(y + filters[5] * segment->OutputStride, next);
            }

            if (TRows.Count > 6)
            {
                (sum60, sum61) = Load<TLanes, TVector>(y + filters[6] * segment->OutputStride, next);
                (sum70, sum71) = Load<TLanes, TVector>(y + filters[7] * segment->OutputStride, next);
            }
        }

        nint stride = segment->WeightStride, second = TLanes.Second(segment->ImageStep);
        float* weights = segment->Weights + filter * stride;
        float* image = segment->Image + pixel * segment->ImageStep;
        FilterTap* end = segment->Taps + segment->TapCount;
        for (FilterTap* tap = segment->Taps; tap < end; tap++)
        {
            float* x = image + tap->Distance;
            var x0 = TLanes.Load(x);
            var x1 = TLanes.Load(x + second);
            float* w = weights + tap->Weight;
            float* w3 = w + 3 * stride, w6 = w3 + 3 * stride;
            var weight = TLanes.Create(*w);
            sum00 = TLanes.MultiplyAdd(weight, x0, sum00);
            sum01 = TLanes.MultiplyAdd(weight, x1, sum01);
            weight = TLanes.Create(w[stride]);
            sum10 = TLanes.MultiplyAdd(weight, x0, sum10);
            sum11 = TLanes.MultiplyAdd(weight, x1, sum11);

            if (TRows.Count > 2)
            {
                weight = TLanes.Create(w[2 * stride]);
                sum20 = TLanes.MultiplyAdd(weight, x0, sum20);
                sum21 = TLanes.MultiplyAdd(weight, x1, sum21);
                weight = TLanes.Create(*w3);
                sum30 = TLanes.MultiplyAdd(weight, x0, sum30);
                sum31 = TLanes.MultiplyAdd(weight, x1, sum31);
            }

            if (TRows.Count > 4)
            {
                weight = TLanes.Create(w3[stride]);
                sum40 = TLanes.MultiplyAdd(weight, x0, sum40);
                sum41 = TLanes.MultiplyAdd(weight, x1, sum41);
                weight = TLanes.Create(w3[2 * stride]);
                sum50 = TLanes.MultiplyAdd(weight, x0, sum50);
                sum51 = TLanes.MultiplyAdd(weight, x1, sum51);
            }

            if (TRows.Count > 6)
            {
                weight = TLanes.Create(*w6);
                sum60 = TLanes.MultiplyAdd(weight, x0, sum60);
                sum61 = TLanes.MultiplyAdd(weight, x1, sum61);
                weight = TLanes.Create(w6[stride]);
                sum70 = TLanes.MultiplyAdd(weight, x0, sum70);
                sum71 = TLanes.MultiplyAdd(weight, x1, sum71);
            }
        }

        if (segment->Relu)
        {
            (sum00, sum01) = (TLanes.Relu(sum00), TLanes.Relu(sum01));
            (sum10, sum11) = (TLanes.Relu(sum10), TLanes.Relu(sum11));
            (sum20, sum21) = (TLanes.Relu(sum20), TLanes.Relu(sum21));
            (sum30, sum31) = (TLanes.Relu(sum30), TLanes.Relu(sum31));
            (sum40, sum41) = (TLanes.Relu(sum40), TLanes.Relu(sum41));
            (sum50, sum51) = (TLanes.Relu(sum50), TLanes.Relu(sum51));
            (sum60, sum61) = (TLanes.Relu(sum60), TLanes.Relu(sum61));
            (sum70, sum71) = (TLanes.Relu(sum70), TLanes.Relu(sum71));
        }

        VectorPair<TLanes, TVector>.Store(sum00, sum01, y + filters[0] * segment->OutputStride, next);
        VectorPair<TLanes, TVector>.Store(sum10, sum11, y + filters[1] * segment->OutputStride, next);

        if (TRows.Count > 2)
        {
            VectorPair<TLanes, TVector>.Store(sum20, sum21, y + filters[2] * segment->OutputStride, next);
            VectorPair<TLanes, TVector>.Store(sum30, sum31, y + filters[3] * segment->OutputStride, next);
        }

        if (TRows.Count > 4)
        {
            VectorPair<TLanes, TVector>.Store(sum40, sum41, y + filters[4] * segment->OutputStride, next);
            VectorPair<TLanes, TVector>.Store(sum50, sum51, y + filters[5] * segment->OutputStride, next);
        }

        if (TRows.Count > 6)
        {
            VectorPair<TLanes, TVector>.Store(sum60, sum61, y + filters[6] * segment->OutputStride, next);
            VectorPair<TLanes, TVector>.Store(sum70, sum71, y + filters[7] * segment->OutputStride, next);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector First, TVector Second) Load<TLanes, TVector>(float* y, nint next)
        where TLanes : struct, ITileVector<TVector> => (TLanes.Load(y), TLanes.Load(y + next));
}
