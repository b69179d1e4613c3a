using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void BatchNormParameterGradient(
        int places, DeviceBuffer statistics, Activations x, Activations dy, DeviceBuffer scaleGradient, DeviceBuffer shiftGradient,
        int batch)
    {
        var norm = new BatchNormArguments(places, scaleGradient, statistics, Panels(x), Panels(dy), batch)
        {
            ScaleGradient = Floats(scaleGradient).Address,
            ShiftGradient = Floats(shiftGradient).Address,
        };
        Run(norm.Chunks, &BatchNormParameterGradientChunk, &norm, (long)x.Features * batch * NormWork);
    }

    /// <summary>Computes some channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BatchNormParameterGradientChunk(void* arguments, int chunk)
    {
        var norm = (BatchNormArguments*)arguments;
        int end = Math.Min(norm->Channels, (chunk + 1) * norm->ChannelsPerChunk);
        for (int c = chunk * norm->ChannelsPerChunk; c < end; c++)
        {
            nint first = c * norm->ChannelStep;
            (double sum, double products) = ChannelSums.Products(
                norm->X + first, norm->Y + first, norm->Stride, norm->Places, norm->Batch, norm->Statistics[c]);
            norm->ScaleGradient[c] = (float)(products * norm->Statistics[norm->Channels + c]);
            norm->ShiftGradient[c] = (float)sum;
        }
    }
}
