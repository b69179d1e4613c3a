using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void MeanOfTokens(Activations tokens, Activations x, Activations y, int batch)
    {
        var mean = new MeanOfTokensArguments(tokens, x, y, batch);
        Run(Panel.Count(batch), &MeanOfTokensPanel, &mean, (long)x.Features * batch);
    }

    public void MeanOfTokensGradient(Activations tokens, Activations dy, Activations dx, int batch)
    {
        var mean = new MeanOfTokensArguments(tokens, dx, dy, batch);
        Run(Panel.Count(batch), &MeanOfTokensGradientPanel, &mean, (long)dx.Features * batch);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MeanOfTokensPanel(void* arguments, int panel)
    {
        var mean = (MeanOfTokensArguments*)arguments;
        float* tokens = mean->Tokens.Values + panel * mean->Tokens.Stride;
        var (count0, count1) = CountLanes(tokens, mean->Tokens.Places);
        float* x = mean->X + panel * mean->XStride;
        float* y = mean->Y + panel * mean->YStride;
        nint end = mean->Tokens.Places * (nint)Panel.Width;
        for (int u = 0; u < mean->Units; u++, x += end, y += Panel.Width)
        {
            Vector256<float> sum0 = default, sum1 = default;
            for (nint i = 0; i < end; i += Panel.Width)
            {
                sum0 += Vector256.Load(x + i) & CpuTokens.Present(tokens + i);
                sum1 += Vector256.Load(x + i + 8) & CpuTokens.Present(tokens + i + 8);
            }

            (sum0 / count0).Store(y);
            (sum1 / count1).Store(y + 8);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MeanOfTokensGradientPanel(void* arguments, int panel)
    {
        var mean = (MeanOfTokensArguments*)arguments;
        float* tokens = mean->Tokens.Values + panel * mean->Tokens.Stride;
        var (count0, count1) = CountLanes(tokens, mean->Tokens.Places);
        float* dx = mean->X + panel * mean->XStride;
        float* dy = mean->Y + panel * mean->YStride;
        nint end = mean->Tokens.Places * (nint)Panel.Width;
        for (int u = 0; u < mean->Units; u++, dx += end, dy += Panel.Width)
        {
            var share0 = Vector256.Load(dy) / count0;
            var share1 = Vector256.Load(dy + 8) / count1;
            for (nint i = 0; i < end; i += Panel.Width)
            {
                (share0 & CpuTokens.Present(tokens + i)).Store(dx + i);
                (share1 & CpuTokens.Present(tokens + i + 8)).Store(dx + i + 8);
            }
        }
    }

    /// <summary>Returns the number of tokens of each sample of a panel, or 1 if there are none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (Vector256<float> First, Vector256<float> Second) CountLanes(float* tokens, int places)
    {
        Vector256<float> count0 = default, count1 = default;
        for (int p = 0; p < places; p++, tokens += Panel.Width)
        {
            count0 += Vector256<float>.One & CpuTokens.Present(tokens);
            count1 += Vector256<float>.One & CpuTokens.Present(tokens + 8);
        }

        return (Vector256.Max(count0, Vector256<float>.One), Vector256.Max(count1, Vector256<float>.One));
    }

    /// <summary>Tokens, sequences, and the activations with one value per unit.</summary>
    private readonly struct MeanOfTokensArguments(Activations tokens, Activations sequences, Activations units, int batch)
    {
        public readonly CpuTokens Tokens = new(Panels(tokens), batch);
        public readonly int Units = units.Features;
        public readonly float* X = Panels(sequences).Values, Y = Panels(units).Values;
        public readonly nint XStride = Panels(sequences).PanelStride, YStride = Panels(units).PanelStride;
    }
}
