using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void BatchNormPredict(
        int places, DeviceBuffer scale, DeviceBuffer shift, double epsilon, DeviceBuffer runningMean, DeviceBuffer runningVariance,
        Activations x, Activations y, int batch)
    {
        if (places == 1 && Panels(x).IsFew && FewSamples.Hold(batch))
        {
            BatchNormFew(
                Floats(scale).Address, Floats(shift).Address, (float)epsilon, Floats(runningMean).Address, Floats(runningVariance).Address,
                Panels(x).ReadFew(batch), Panels(y).WriteFew(batch), x.Features, FewSamples.Lanes(batch));
            return;
        }

        var norm = new BatchNormArguments(places, scale, null, Panels(x), Panels(y), batch)
        {
            Shift = Floats(shift).Address,
            RunningMean = Floats(runningMean).Address,
            RunningVariance = Floats(runningVariance).Address,
            Epsilon = epsilon,
        };
        Run(norm.Chunks, &BatchNormPredictChunk, &norm, (long)x.Features * batch * NormWork);
    }

    /// <summary>Computes some channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BatchNormPredictChunk(void* arguments, int chunk)
    {
        var norm = (BatchNormArguments*)arguments;
        int end = Math.Min(norm->Channels, (chunk + 1) * norm->ChannelsPerChunk);
        for (int c = chunk * norm->ChannelsPerChunk; c < end; c++)
        {
            double inverse = 1 / Math.Sqrt(norm->RunningVariance[c] + norm->Epsilon);
            Normalise(norm, c, norm->RunningMean[c], (float)(inverse * norm->Scale[c]));
        }
    }

    /// <summary>Normalises vectors of a few samples, without empty lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BatchNormFew(
        float* scale, float* shift, float epsilon, float* mean, float* variance, float* x, float* y, int features, int lanes)
    {
        int step = Vector256<float>.Count / lanes;
        for (int c = 0; c < features; c += step, x += Vector256<float>.Count, y += Vector256<float>.Count)
        {
            var deviation = Vector256.Sqrt(FewLanes.Spread(variance + c, lanes) + Vector256.Create(epsilon));
            var normalised = (Vector256.Load(x) - FewLanes.Spread(mean + c, lanes)) / deviation;
            Vector256.MultiplyAddEstimate(normalised, FewLanes.Spread(scale + c, lanes), FewLanes.Spread(shift + c, lanes)).Store(y);
        }
    }
}
