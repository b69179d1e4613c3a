using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void BatchNormInputGradient(
        int places, DeviceBuffer scale, DeviceBuffer statistics, DeviceBuffer scaleGradient, DeviceBuffer shiftGradient,
        Activations x, Activations dy, Activations dx, int batch)
    {
        var norm = new BatchNormArguments(places, scale, statistics, Panels(x), Panels(dy), batch)
        {
            ScaleGradient = Floats(scaleGradient).Address,
            ShiftGradient = Floats(shiftGradient).Address,
            Dx = Panels(dx).Values,
        };
        Run(norm.Chunks, &BatchNormInputGradientChunk, &norm, (long)x.Features * batch * NormWork);
    }

    /// <summary>Computes some channels of dx = f · dy − f · Σdy/n − (x − μ) · f · Σ(dy · x̂)/(nσ), with f = scale/σ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BatchNormInputGradientChunk(void* arguments, int chunk)
    {
        var norm = (BatchNormArguments*)arguments;
        double count = (double)norm->Batch * norm->Places;
        int end = Math.Min(norm->Channels, (chunk + 1) * norm->ChannelsPerChunk);
        for (int c = chunk * norm->ChannelsPerChunk; c < end; c++)
        {
            double inverse = norm->Statistics[norm->Channels + c];
            double factor = inverse * norm->Scale[c];
            var mean = Vector256.Create(norm->Statistics[c]);
            var f = Vector256.Create((float)factor);
            var offset = Vector256.Create((float)(-factor * norm->ShiftGradient[c] / count));
            var slope = Vector256.Create((float)(-factor * inverse * norm->ScaleGradient[c] / count));
            float* x = norm->X + c * norm->ChannelStep;
            float* dy = norm->Y + c * norm->ChannelStep;
            float* dx = norm->Dx + c * norm->ChannelStep;
            for (int samples = norm->Batch; samples > 0; samples -= Panel.Width, x += norm->Stride, dy += norm->Stride, dx += norm->Stride)
            {
                for (nint i = 0; i < norm->ChannelStep; i += Panel.Width)
                {
                    var slope0 = Vector256.MultiplyAddEstimate(Vector256.Load(x + i) - mean, slope, offset);
                    var slope1 = Vector256.MultiplyAddEstimate(Vector256.Load(x + i + 8) - mean, slope, offset);
                    Vector256.MultiplyAddEstimate(Vector256.Load(dy + i), f, slope0).Store(dx + i);
                    Vector256.MultiplyAddEstimate(Vector256.Load(dy + i + 8), f, slope1).Store(dx + i + 8);
                }
            }
        }
    }
}
