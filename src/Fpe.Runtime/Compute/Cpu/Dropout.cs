using Fpe.Numerics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void Dropout(double rate, ulong seed, ulong stream, Activations x, Activations y, int batch)
    {
        int features = x.Features;
        float scale = (float)(1 / (1 - rate));
        uint threshold = DropoutThreshold(rate);
        ulong element = 0;
        for (int p = 0; p < Panel.Count(batch); p++)
        {
            Panel inputs = Panels(x).PanelAt(p, batch);
            Panel outputs = Panels(y).PanelAt(p, batch);
            for (int s = 0; s < inputs.Samples; s++, element += (ulong)features)
                DropoutSample(seed, stream, element, threshold, scale, inputs.Values + s, outputs.Values + s, features, Panel.Width);
        }
    }

    // u · 2⁻²⁴ < rate for an integer u is u < ⌈rate · 2²⁴⌉
    private static uint DropoutThreshold(double rate) => (uint)Math.Ceiling(rate * (1 << 24));

    private static void DropoutSample(
        ulong seed, ulong stream, ulong element, uint threshold, float scale, float* x, float* y, int features, nint width)
    {
        for (int i = 0; i < features;)
        {
            (uint word0, uint word1, uint word2, uint word3) = Philox.Block(seed, stream, (element + (uint)i) >> 2);
            for (uint word = (uint)((element + (uint)i) & 3); word < 4 && i < features; word++, i++)
            {
                uint bits = word switch { 0 => word0, 1 => word1, 2 => word2, _ => word3 };
                y[i * width] = bits >> 8 < threshold ? 0 : x[i * width] * scale;
            }
        }
    }
}
