using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>Values per sample in a chunk of batch normalisation, rounded to whole channels.</summary>
    private const int ChannelChunk = 64;

    public void BatchNormForward(
        int places, DeviceBuffer scale, DeviceBuffer shift, double epsilon, double momentum, DeviceBuffer runningMean,
        DeviceBuffer runningVariance, DeviceBuffer statistics, Activations x, Activations y, int batch)
    {
        var norm = new BatchNormArguments(places, scale, statistics, Panels(x), Panels(y), batch)
        {
            Shift = Floats(shift).Address,
            RunningMean = Floats(runningMean).Address,
            RunningVariance = Floats(runningVariance).Address,
            Epsilon = epsilon,
            Momentum = momentum,
        };
        Run(norm.Chunks, &BatchNormForwardChunk, &norm, (long)x.Features * batch * NormWork);
    }

    /// <summary>Computes some channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BatchNormForwardChunk(void* arguments, int chunk)
    {
        var norm = (BatchNormArguments*)arguments;
        double count = (double)norm->Batch * norm->Places;
        int end = Math.Min(norm->Channels, (chunk + 1) * norm->ChannelsPerChunk);
        for (int c = chunk * norm->ChannelsPerChunk; c < end; c++)
        {
            float* x = norm->X + c * norm->ChannelStep;
            float about = (float)(ChannelSums.Of(x, norm->Stride, norm->Places, norm->Batch) / count);
            (double sum, double squares) = ChannelSums.Moments(x, norm->Stride, norm->Places, norm->Batch, about);

            // corrects the error of the first mean in both; differences from an infinite mean are not numbers
            double error = sum / count;
            double mean = double.IsNaN(error) ? about : about + error;
            double variance = Math.Max(squares / count - error * error, 0);
            double inverse = 1 / Math.Sqrt(variance + norm->Epsilon);
            norm->Statistics[c] = (float)mean;
            norm->Statistics[norm->Channels + c] = (float)inverse;
            norm->RunningMean[c] = Follow(norm->RunningMean[c], norm->Momentum, mean);
            norm->RunningVariance[c] = Follow(norm->RunningVariance[c], norm->Momentum, variance * count / (count - 1));
            Normalise(norm, c, (float)mean, (float)(inverse * norm->Scale[c]));
        }
    }

    /// <summary>Computes y = (x − mean) · factor + shift for a channel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Normalise(BatchNormArguments* norm, int channel, float mean, float factor)
    {
        float* x = norm->X + channel * norm->ChannelStep;
        float* y = norm->Y + channel * norm->ChannelStep;
        var (m, f, b) = (Vector256.Create(mean), Vector256.Create(factor), Vector256.Create(norm->Shift[channel]));
        for (int samples = norm->Batch; samples > 0; samples -= Panel.Width, x += norm->Stride, y += norm->Stride)
        {
            for (nint i = 0; i < norm->ChannelStep; i += Panel.Width)
            {
                Vector256.MultiplyAddEstimate(Vector256.Load(x + i) - m, f, b).Store(y + i);
                Vector256.MultiplyAddEstimate(Vector256.Load(x + i + 8) - m, f, b).Store(y + i + 8);
            }
        }
    }

    private static float Follow(float running, double momentum, double value) => (float)((1 - momentum) * running + momentum * value);

    /// <param name="places">Values of a channel.</param>
    /// <param name="scale">One element per channel.</param>
    /// <param name="statistics">Means, then 1 / √(v + ε); null if there are none.</param>
    /// <param name="x">Inputs.</param>
    /// <param name="y">Outputs, or the gradient with respect to them.</param>
    /// <param name="batch">Samples.</param>
    private struct BatchNormArguments(
        int places, DeviceBuffer scale, DeviceBuffer? statistics, CpuActivations x, CpuActivations y, int batch)
    {
        public readonly float* Scale = Floats(scale).Address;
        public readonly float* Statistics = statistics is null ? null : Floats(statistics).Address;
        public readonly float* X = x.Values;
        public readonly float* Y = y.Values;
        public readonly nint Stride = x.PanelStride;
        public readonly nint ChannelStep = places * (nint)Panel.Width;
        public readonly int Places = places, Batch = batch, Channels = scale.Length;
        public readonly int ChannelsPerChunk = Math.Max(1, ChannelChunk / places);
        public float* Shift, RunningMean, RunningVariance, ScaleGradient, ShiftGradient, Dx;
        public double Epsilon, Momentum;

        public readonly int Chunks => DivideUp(Channels, ChannelsPerChunk);
    }
}
