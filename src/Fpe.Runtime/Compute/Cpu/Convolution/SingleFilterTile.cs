using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

/// <summary>
/// The inner loop of <see cref="CpuKernels.EdgeConv2dForward"/> for a single filter: 4 places × 2 vectors, or 1 × 2, in registers.
/// </summary>
internal static unsafe class SingleFilterTile
{
    /// <summary>Number of places whose sums are in registers; twice as many if a vector holds all lanes.</summary>
    public const int Pixels = 4;

    /// <summary>y[p, l] = s[p, l] + Σ_t w[t] · x[p, t, l], where s is b or, without b, y itself.</summary>
    /// <typeparam name="TLanes">The width of a vector.</typeparam>
    /// <typeparam name="TVector">The vector.</typeparam>
    /// <typeparam name="TPixels">
    /// Number of places of the first vectors: 1 or 4. The second vectors are the other halves, or those of as many further places.
    /// </typeparam>
    /// <param name="segment">The segment.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="pixel">First place.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TLanes, TVector, TPixels>(FilterSegment* segment, int filter, int pixel)
        where TLanes : struct, ITileVector<TVector>
        where TPixels : struct, ITileHeight
    {
        var sum00 = TLanes.Zero;
        var sum01 = TLanes.Zero;
        var sum10 = TLanes.Zero;
        var sum11 = TLanes.Zero;
        var sum20 = TLanes.Zero;
        var sum21 = TLanes.Zero;
        var sum30 = TLanes.Zero;
        var sum31 = TLanes.Zero;
        float* y = segment->Output + segment->Filters[filter] * segment->OutputStride + pixel * (nint)Panel.Width;
        nint next = TLanes.Second(TPixels.Count * Panel.Width);
        if (segment->Bias != null)
        {
            var bias = TLanes.Create(segment->Bias[segment->Filters[filter]]);
            sum00 = sum01 = sum10 = sum11 = sum20 = sum21 = sum30 = sum31 = bias;
        }
        else
        {
            (sum00, sum01) = (TLanes.Load(y), TLanes.Load(y + next));

            if (TPixels.Count > 1)
            {
                (sum10, sum11) = (TLanes.Load(y + Panel.Width), TLanes.Load(y + Panel.Width + next));
                (sum20, sum21) = (TLanes.Load(y + 2 * Panel.Width), TLanes.Load(y + 2 * Panel.Width + next));
                (sum30, sum31) = (TLanes.Load(y + 3 * Panel.Width), TLanes.Load(y + 3 * Panel.Width + next));
            }
        }

        nint step = segment->ImageStep, second = TLanes.Second(TPixels.Count * step);
        float* weights = segment->Weights + filter * segment->WeightStride;
        float* image = segment->Image + pixel * step;
        FilterTap* end = segment->Taps + segment->TapCount;
        for (FilterTap* tap = segment->Taps; tap < end; tap++)
        {
            float* x = image + tap->Distance;
            float* other = x + second;
            var weight = TLanes.Create(weights[tap->Weight]);
            sum00 = TLanes.MultiplyAdd(weight, TLanes.Load(x), sum00);
            sum01 = TLanes.MultiplyAdd(weight, TLanes.Load(other), sum01);

            if (TPixels.Count > 1)
            {
                sum10 = TLanes.MultiplyAdd(weight, TLanes.Load(x + step), sum10);
                sum11 = TLanes.MultiplyAdd(weight, TLanes.Load(other + step), sum11);
                sum20 = TLanes.MultiplyAdd(weight, TLanes.Load(x + 2 * step), sum20);
                sum21 = TLanes.MultiplyAdd(weight, TLanes.Load(other + 2 * step), sum21);
                sum30 = TLanes.MultiplyAdd(weight, TLanes.Load(x + 3 * step), sum30);
                sum31 = TLanes.MultiplyAdd(weight, TLanes.Load(other + 3 * step), sum31);
            }
        }

        if (segment->Relu)
        {
            (sum00, sum01) = (TLanes.Relu(sum00), TLanes.Relu(sum01));
            (sum10, sum11) = (TLanes.Relu(sum10), TLanes.Relu(sum11));
            (sum20, sum21) = (TLanes.Relu(sum20), TLanes.Relu(sum21));
            (sum30, sum31) = (TLanes.Relu(sum30), TLanes.Relu(sum31));
        }

        VectorPair<TLanes, TVector>.Store(sum00, sum01, y, next);

        if (TPixels.Count > 1)
        {
            VectorPair<TLanes, TVector>.Store(sum10, sum11, y + Panel.Width, next);
            VectorPair<TLanes, TVector>.Store(sum20, sum21, y + 2 * Panel.Width, next);
            VectorPair<TLanes, TVector>.Store(sum30, sum31, y + 3 * Panel.Width, next);
        }
    }
}
