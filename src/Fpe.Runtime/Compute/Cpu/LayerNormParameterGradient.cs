using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>Features per chunk; their sums are on the stack.</summary>
    private const int NormFeatures = 32;

    public void LayerNormParameterGradient(
        int places, Activations statistics, Activations x, Activations dy, DeviceBuffer scaleGradient, DeviceBuffer shiftGradient,
        int batch)
    {
        var norm = new LayerNormArguments
        {
            Statistics = Panels(statistics).Values,
            StatisticsStride = Panels(statistics).PanelStride,
            X = Panels(x).Values,
            Dy = Panels(dy).Values,
            Stride = Panels(x).PanelStride,
            ScaleGradient = Floats(scaleGradient).Address,
            ShiftGradient = Floats(shiftGradient).Address,
            Features = scaleGradient.Length,
            Places = places,
            Batch = batch,
        };
        if (places == 1)
            Run(DivideUp(x.Features, NormFeatures), &LayerNormParameterGradientChunk, &norm, (long)x.Features * batch * NormWork);
        else
            Run(scaleGradient.Length, &LayerNormParameterGradientUnit, &norm, (long)x.Features * batch * NormWork);
    }

    /// <summary>Computes some features, over all samples.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LayerNormParameterGradientChunk(void* arguments, int chunk)
    {
        const int Width = 8;
        var norm = (LayerNormArguments*)arguments;
        int first = chunk * NormFeatures;
        int features = Math.Min(NormFeatures, norm->Features - first);
        float* scales = stackalloc float[NormFeatures * Width];
        float* shifts = stackalloc float[NormFeatures * Width];
        new Span<float>(scales, NormFeatures * Width).Clear();
        new Span<float>(shifts, NormFeatures * Width).Clear();
        for (int p = 0; p < Panel.Count(norm->Batch); p++)
        {
            int samples = Math.Min(Panel.Width, norm->Batch - p * Panel.Width);
            var (is0, is1) = (LaneMask.Before(samples).AsSingle(), LaneMask.Before(samples - 8).AsSingle());
            float* statistics = norm->Statistics + p * norm->StatisticsStride;
            var (mean0, mean1) = (Vector256.Load(statistics), Vector256.Load(statistics + 8));
            var (inverse0, inverse1) = (Vector256.Load(statistics + Panel.Width), Vector256.Load(statistics + Panel.Width + 8));
            float* x = norm->X + p * norm->Stride + first * Panel.Width;
            float* dy = norm->Dy + p * norm->Stride + first * Panel.Width;
            for (int i = 0; i < features; i++, x += Panel.Width, dy += Panel.Width)
            {
                var (dy0, dy1) = (Vector256.Load(dy) & is0, Vector256.Load(dy + 8) & is1);
                var product0 = dy0 * ((Vector256.Load(x) - mean0) * inverse0) & is0;
                var product1 = dy1 * ((Vector256.Load(x + 8) - mean1) * inverse1) & is1;
                (Vector256.Load(scales + i * Width) + (product0 + product1)).Store(scales + i * Width);
                (Vector256.Load(shifts + i * Width) + (dy0 + dy1)).Store(shifts + i * Width);
            }
        }

        for (int i = 0; i < features; i++)
        {
            norm->ScaleGradient[first + i] = Vector256.Sum(Vector256.Load(scales + i * Width));
            norm->ShiftGradient[first + i] = Vector256.Sum(Vector256.Load(shifts + i * Width));
        }
    }
}
