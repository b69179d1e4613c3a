using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

internal sealed partial class GpuKernels
{
    private readonly Kernel<BatchNormArguments> batchNormForward = new(device, BatchNormForward);
    private readonly Kernel<BatchNormArguments> batchNormPredict = new(device, BatchNormPredict);
    private readonly Kernel<BatchNormArguments> batchNormInputGradient = new(device, BatchNormInputGradient);
    private readonly Kernel<BatchNormArguments> batchNormParameterGradient = new(device, BatchNormParameterGradient);

    public void BatchNormForward(
        int places, DeviceBuffer scale, DeviceBuffer shift, double epsilon, double momentum, DeviceBuffer runningMean,
        DeviceBuffer runningVariance, DeviceBuffer statistics, Activations x, Activations y, int batch) =>
        batchNormForward.RunGroups(scale.Length, BatchNorm(places, scale, shift, statistics, x, y, batch) with
        {
            RunningMean = View(runningMean),
            RunningVariance = View(runningVariance),
            Epsilon = (float)epsilon,
            Momentum = (float)momentum,
        });

    public void BatchNormPredict(
        int places, DeviceBuffer scale, DeviceBuffer shift, double epsilon, DeviceBuffer runningMean, DeviceBuffer runningVariance,
        Activations x, Activations y, int batch) =>
        batchNormPredict.RunFor(x.Features * batch, BatchNorm(places, scale, shift, scale, x, y, batch) with
        {
            RunningMean = View(runningMean),
            RunningVariance = View(runningVariance),
            Epsilon = (float)epsilon,
        });

    public void BatchNormInputGradient(
        int places, DeviceBuffer scale, DeviceBuffer statistics, DeviceBuffer scaleGradient, DeviceBuffer shiftGradient,
        Activations x, Activations dy, Activations dx, int batch) =>
        batchNormInputGradient.RunFor(x.Features * batch, BatchNorm(places, scale, shiftGradient, statistics, x, dx, batch) with
        {
            Dy = View(dy),
            ScaleGradient = View(scaleGradient),
        });

    public void BatchNormParameterGradient(
        int places, DeviceBuffer statistics, Activations x, Activations dy, DeviceBuffer scaleGradient, DeviceBuffer shiftGradient,
        int batch) =>
        batchNormParameterGradient.RunGroups(scaleGradient.Length, BatchNorm(places, scaleGradient, shiftGradient, statistics, x, x, batch) with
        {
            Dy = View(dy),
        });

    private static BatchNormArguments BatchNorm(
        int places, DeviceBuffer scale, DeviceBuffer shift, DeviceBuffer statistics, Activations x, Activations y, int batch) => new()
        {
            Scale = View(scale),
            Shift = View(shift),
            ScaleGradient = View(scale),
            RunningMean = View(scale),
            RunningVariance = View(scale),
            Statistics = View(statistics),
            X = View(x),
            Y = View(y),
            Dy = View(x),
            Places = places,
            Channels = x.Features / places,
            Batch = batch,
            Stride = Lanes(x).Stride,
        };

    /// <summary>A group for each channel.</summary>
    private static void BatchNormForward(BatchNormArguments a)
    {
        int channel = Grid.IdxX, count = a.Places * a.Batch;
        float sum = 0, squares = 0;
        for (int i = Group.IdxX; i < count; i += Group.DimX)
            sum += a.X[a.Element(channel, i)];
        float mean = GroupSum.Of(sum) / count;
        for (int i = Group.IdxX; i < count; i += Group.DimX)
        {
            float difference = a.X[a.Element(channel, i)] - mean;
            squares += difference * difference;
        }

        squares = GroupSum.Of(squares);
        float inverse = 1 / DeviceMath.Root((squares / count) + a.Epsilon);
        for (int i = Group.IdxX; i < count; i += Group.DimX)
        {
            int e = a.Element(channel, i);
            a.Y[e] = ((a.X[e] - mean) * inverse * a.Scale[channel]) + a.Shift[channel];
        }

        if (Group.IdxX != 0)
            return;
        a.Statistics[channel] = mean;
        a.Statistics[a.Channels + channel] = inverse;
        a.RunningMean[channel] = ((1 - a.Momentum) * a.RunningMean[channel]) + (a.Momentum * mean);
        a.RunningVariance[channel] = ((1 - a.Momentum) * a.RunningVariance[channel]) + (a.Momentum * (squares / (count - 1)));
    }

    private static void BatchNormPredict(BatchNormArguments a)
    {
        int channel = DeviceThread.Number / a.Batch / a.Places;
        if (channel >= a.Channels)
            return;
        float inverse = 1 / DeviceMath.Root(a.RunningVariance[channel] + a.Epsilon);
        int e = (DeviceThread.Number / a.Batch * a.Stride) + (DeviceThread.Number % a.Batch);
        a.Y[e] = ((a.X[e] - a.RunningMean[channel]) * inverse * a.Scale[channel]) + a.Shift[channel];
    }

    /// <summary>Y is dx, and Shift the gradient by the shift.</summary>
    private static void BatchNormInputGradient(BatchNormArguments a)
    {
        int channel = DeviceThread.Number / a.Batch / a.Places;
        if (channel >= a.Channels)
            return;
        float mean = a.Statistics[channel], inverse = a.Statistics[a.Channels + channel], count = a.Places * a.Batch;
        int e = (DeviceThread.Number / a.Batch * a.Stride) + (DeviceThread.Number % a.Batch);
        float normalised = (a.X[e] - mean) * inverse;
        a.Y[e] = a.Scale[channel] * inverse * (a.Dy[e] - (a.Shift[channel] / count) - (normalised * a.ScaleGradient[channel] / count));
    }

    /// <summary>A group for each channel; Scale and Shift are their gradients.</summary>
    private static void BatchNormParameterGradient(BatchNormArguments a)
    {
        int channel = Grid.IdxX;
        float scale = 0, shift = 0, mean = a.Statistics[channel], inverse = a.Statistics[a.Channels + channel];
        for (int i = Group.IdxX; i < a.Places * a.Batch; i += Group.DimX)
        {
            int e = a.Element(channel, i);
            shift += a.Dy[e];
            scale += a.Dy[e] * (a.X[e] - mean) * inverse;
        }

        scale = GroupSum.Of(scale);
        shift = GroupSum.Of(shift);
        if (Group.IdxX != 0)
            return;
        a.Scale[channel] = scale;
        a.Shift[channel] = shift;
    }

    private struct BatchNormArguments
    {
        public ArrayView<float> Scale, Shift, ScaleGradient, RunningMean, RunningVariance, Statistics, X, Y, Dy;
        public float Epsilon, Momentum;
        public int Places, Channels, Batch, Stride;

        /// <summary>Value i of a channel, place by place.</summary>
        public readonly int Element(int channel, int i) => (((channel * Places) + (i / Batch)) * Stride) + (i % Batch);
    }
}
