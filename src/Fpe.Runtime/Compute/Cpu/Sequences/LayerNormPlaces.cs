using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <content>Layer normalisation of each place of a sequence. Sums of some places are on the stack while units are read in order.</content>
internal sealed unsafe partial class CpuKernels
{
    /// <summary>Places per chunk.</summary>
    private const int NormPlaces = 32;

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LayerNormForwardPlaces(void* arguments, int chunk)
    {
        var norm = (LayerNormArguments*)arguments;
        (int panel, nint first, nint count, nint step) = PlacesOf(norm, chunk);
        float* x = norm->X + panel * norm->Stride + first;
        float* y = norm->Y + panel * norm->Stride + first;
        float* about = stackalloc float[NormPlaces * Panel.Width];
        float* sums = stackalloc float[NormPlaces * Panel.Width];
        float* squares = stackalloc float[NormPlaces * Panel.Width];
        new Span<float>(about, (int)count).Clear();
        new Span<float>(sums, (int)count).Clear();
        new Span<float>(squares, (int)count).Clear();
        float* row = x;
        for (int u = 0; u < norm->Features; u++, row += step)
        {
            for (nint i = 0; i < count; i += Vector256<float>.Count)
                (Vector256.Load(about + i) + Vector256.Load(row + i)).Store(about + i);
        }

        var units = Vector256.Create((float)norm->Features);
        for (nint i = 0; i < count; i += Vector256<float>.Count)
            (Vector256.Load(about + i) / units).Store(about + i);
        row = x;
        for (int u = 0; u < norm->Features; u++, row += step)
        {
            for (nint i = 0; i < count; i += Vector256<float>.Count)
            {
                var d = Vector256.Load(row + i) - Vector256.Load(about + i);
                (Vector256.Load(sums + i) + d).Store(sums + i);
                Vector256.MultiplyAddEstimate(d, d, Vector256.Load(squares + i)).Store(squares + i);
            }
        }

        float* means = norm->Statistics + panel * norm->StatisticsStride + first;
        float* inverses = means + step;
        for (nint i = 0; i < count; i += Vector256<float>.Count)
        {
            var (mean, inverse) = SampleMoments.Of(
                Vector256.Load(about + i), Vector256.Load(sums + i), Vector256.Load(squares + i), norm->Features, norm->Epsilon);
            mean.Store(means + i);
            inverse.Store(inverses + i);
        }

        row = x;
        for (int u = 0; u < norm->Features; u++, row += step, y += step)
        {
            var factor = Vector256.Create(norm->Scale[u]);
            var offset = Vector256.Create(norm->Shift[u]);
            for (nint i = 0; i < count; i += Vector256<float>.Count)
            {
                var normalised = (Vector256.Load(row + i) - Vector256.Load(means + i)) * Vector256.Load(inverses + i);
                Vector256.MultiplyAddEstimate(normalised, factor, offset).Store(y + i);
            }
        }
    }

    /// <summary>The formula of <see cref="LayerNormInputGradientPanel"/> for each place.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LayerNormInputGradientPlaces(void* arguments, int chunk)
    {
        var norm = (LayerNormArguments*)arguments;
        (int panel, nint first, nint count, nint step) = PlacesOf(norm, chunk);
        float* x = norm->X + panel * norm->Stride + first;
        float* dy = norm->Dy + panel * norm->Stride + first;
        float* dx = norm->Dx + panel * norm->Stride + first;
        float* means = norm->Statistics + panel * norm->StatisticsStride + first;
        float* inverses = means + step;
        float* sums = stackalloc float[NormPlaces * Panel.Width];
        float* products = stackalloc float[NormPlaces * Panel.Width];
        new Span<float>(sums, (int)count).Clear();
        new Span<float>(products, (int)count).Clear();
        nint unit = 0;
        for (int u = 0; u < norm->Features; u++, unit += step)
        {
            var factor = Vector256.Create(norm->Scale[u]);
            for (nint i = 0; i < count; i += Vector256<float>.Count)
            {
                var slope = Vector256.Load(dy + unit + i) * factor;
                (Vector256.Load(sums + i) + slope).Store(sums + i);
                var d = Vector256.Load(x + unit + i) - Vector256.Load(means + i);
                Vector256.MultiplyAddEstimate(slope, d, Vector256.Load(products + i)).Store(products + i);
            }
        }

        var share = Vector256.Create(1f / norm->Features);
        for (nint i = 0; i < count; i += Vector256<float>.Count)
        {
            var inverse = Vector256.Load(inverses + i);
            (Vector256.Load(sums + i) * (inverse * share)).Store(sums + i);
            (Vector256.Load(products + i) * (inverse * inverse * inverse * share)).Store(products + i);
        }

        unit = 0;
        for (int u = 0; u < norm->Features; u++, unit += step)
        {
            var factor = Vector256.Create(norm->Scale[u]);
            for (nint i = 0; i < count; i += Vector256<float>.Count)
            {
                var slope = Vector256.MultiplyAddEstimate(
                    Vector256.Load(dy + unit + i), factor * Vector256.Load(inverses + i), -Vector256.Load(sums + i));
                var d = Vector256.Load(x + unit + i) - Vector256.Load(means + i);
                (slope - d * Vector256.Load(products + i)).Store(dx + unit + i);
            }
        }
    }

    /// <summary>Computes one unit, over all samples and places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LayerNormParameterGradientUnit(void* arguments, int unit)
    {
        var norm = (LayerNormArguments*)arguments;
        nint step = norm->Places * (nint)Panel.Width;
        Vector256<float> scale0 = default, scale1 = default, shift0 = default, shift1 = default;
        for (int p = 0; p < Panel.Count(norm->Batch); p++)
        {
            int samples = Math.Min(Panel.Width, norm->Batch - p * Panel.Width);
            var (is0, is1) = (LaneMask.Before(samples).AsSingle(), LaneMask.Before(samples - 8).AsSingle());
            float* means = norm->Statistics + p * norm->StatisticsStride;
            float* inverses = means + step;
            float* x = norm->X + p * norm->Stride + unit * step;
            float* dy = norm->Dy + p * norm->Stride + unit * step;
            for (nint i = 0; i < step; i += Panel.Width)
            {
                var (dy0, dy1) = (Vector256.Load(dy + i) & is0, Vector256.Load(dy + i + 8) & is1);
                shift0 += dy0;
                shift1 += dy1;
                scale0 += dy0 * ((Vector256.Load(x + i) - Vector256.Load(means + i)) * Vector256.Load(inverses + i)) & is0;
                scale1 += dy1 * ((Vector256.Load(x + i + 8) - Vector256.Load(means + i + 8)) * Vector256.Load(inverses + i + 8)) & is1;
            }
        }

        norm->ScaleGradient[unit] = Vector256.Sum(scale0 + scale1);
        norm->ShiftGradient[unit] = Vector256.Sum(shift0 + shift1);
    }

    /// <summary>Returns the panel of a chunk, its first float, the floats of its places, and the floats from one unit to the next.</summary>
    private static (int Panel, nint First, nint Count, nint Step) PlacesOf(LayerNormArguments* norm, int chunk)
    {
        (int panel, int part) = Math.DivRem(chunk, norm->PlaceChunks);
        int first = part * NormPlaces, count = Math.Min(NormPlaces, norm->Places - first);
        return (panel, first * Panel.Width, count * Panel.Width, norm->Places * (nint)Panel.Width);
    }
}
