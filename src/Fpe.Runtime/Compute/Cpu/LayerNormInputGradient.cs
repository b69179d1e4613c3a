using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void LayerNormInputGradient(
        int places, DeviceBuffer scale, Activations statistics, Activations x, Activations dy, Activations dx, int batch)
    {
        var norm = new LayerNormArguments
        {
            Scale = Floats(scale).Address,
            Statistics = Panels(statistics).Values,
            StatisticsStride = Panels(statistics).PanelStride,
            X = Panels(x).Values,
            Dy = Panels(dy).Values,
            Dx = Panels(dx).Values,
            Stride = Panels(x).PanelStride,
            Features = scale.Length,
            Places = places,
        };
        if (places == 1)
            Run(Panel.Count(batch), &LayerNormInputGradientPanel, &norm, (long)x.Features * batch * NormWork);
        else
            Run(Panel.Count(batch) * norm.PlaceChunks, &LayerNormInputGradientPlaces, &norm, (long)x.Features * batch * NormWork);
    }

    /// <summary>With g = dy · scale and d = x − μ: dx = g/σ − Σg/(nσ) − d · Σgd/(nσ³), where 1/σ is one of the statistics.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LayerNormInputGradientPanel(void* arguments, int panel)
    {
        var norm = (LayerNormArguments*)arguments;
        float* statistics = norm->Statistics + panel * norm->StatisticsStride;
        var (mean0, mean1) = (Vector256.Load(statistics), Vector256.Load(statistics + 8));
        var (inverse0, inverse1) = (Vector256.Load(statistics + Panel.Width), Vector256.Load(statistics + Panel.Width + 8));
        float* x = norm->X + panel * norm->Stride;
        float* dy = norm->Dy + panel * norm->Stride;
        Vector256<float> sum0 = default, sum1 = default, products0 = default, products1 = default;
        nint end = norm->Features * (nint)Panel.Width;
        float* scale = norm->Scale;
        for (nint i = 0; i < end; i += Panel.Width, scale++)
        {
            var factor = Vector256.Create(*scale);
            var g0 = Vector256.Load(dy + i) * factor;
            var g1 = Vector256.Load(dy + i + 8) * factor;
            sum0 += g0;
            sum1 += g1;
            products0 = Vector256.MultiplyAddEstimate(g0, Vector256.Load(x + i) - mean0, products0);
            products1 = Vector256.MultiplyAddEstimate(g1, Vector256.Load(x + i + 8) - mean1, products1);
        }

        var share = Vector256.Create(1f / norm->Features);
        sum0 *= inverse0 * share;
        sum1 *= inverse1 * share;
        products0 *= inverse0 * inverse0 * inverse0 * share;
        products1 *= inverse1 * inverse1 * inverse1 * share;
        float* dx = norm->Dx + panel * norm->Stride;
        scale = norm->Scale;
        for (nint i = 0; i < end; i += Panel.Width, scale++)
        {
            var factor = Vector256.Create(*scale);
            var g0 = Vector256.MultiplyAddEstimate(Vector256.Load(dy + i), factor * inverse0, -sum0);
            var g1 = Vector256.MultiplyAddEstimate(Vector256.Load(dy + i + 8), factor * inverse1, -sum1);
            (g0 - (Vector256.Load(x + i) - mean0) * products0).Store(dx + i);
            (g1 - (Vector256.Load(x + i + 8) - mean1) * products1).Store(dx + i + 8);
        }
    }
}
