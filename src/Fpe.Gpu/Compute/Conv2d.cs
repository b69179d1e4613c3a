using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

internal sealed partial class GpuKernels
{
    private readonly Kernel<ConvolutionArguments> conv2dForward = new(device, Conv2dForward);
    private readonly Kernel<ConvolutionArguments> conv2dInputGradient = new(device, Conv2dInputGradient);
    private readonly Kernel<ConvolutionArguments> conv2dWeightGradient = new(device, Conv2dWeightGradient);
    private readonly Kernel<ConvolutionArguments> filterBiasGradient = new(device, FilterBiasGradient);

    public void Conv2dForward(
        Conv2dShape shape, DeviceBuffer weights, DeviceBuffer bias, ElementFunction function,
        Activations x, Activations? z, Activations y, int batch)
    {
        ConvolutionArguments arguments = Convolution(shape, weights, bias, x, y, batch);
        arguments.Z = View(z ?? y);
        arguments.Function = new(function);
        conv2dForward.RunFor(y.Features * batch, arguments);
    }

    public void Conv2dInputGradient(Conv2dShape shape, DeviceBuffer weights, Activations dz, Activations dx, int batch) =>
        conv2dInputGradient.RunFor(dx.Features * batch, Convolution(shape, weights, weights, dx, dz, batch));

    public void Conv2dWeightGradient(
        Conv2dShape shape, Activations x, Activations dz, DeviceBuffer weightGradient, DeviceBuffer biasGradient, int batch)
    {
        ConvolutionArguments arguments = Convolution(shape, weightGradient, biasGradient, x, dz, batch);
        conv2dWeightGradient.RunGroups(shape.WeightCount, arguments);
        filterBiasGradient.RunGroups(shape.Filters, arguments);
    }

    private static ConvolutionArguments Convolution(
        Conv2dShape shape, DeviceBuffer weights, DeviceBuffer bias, Activations x, Activations y, int batch) => new()
        {
            Weights = View(weights),
            Bias = View(bias),
            X = View(x),
            Z = View(y),
            Y = View(y),
            Window = new(shape.Input, shape.Output, shape.Window),
            FanIn = shape.FanIn,
            Channels = shape.GroupChannels,
            Filters = shape.GroupFilters,
            InputFeatures = x.Features,
            OutputFeatures = y.Features,
            Batch = batch,
            Stride = Lanes(x).Stride,
        };

    /// <summary>A thread for each output and sample.</summary>
    private static void Conv2dForward(ConvolutionArguments a)
    {
        int output = DeviceThread.Number / a.Batch, s = DeviceThread.Number % a.Batch;
        if (output >= a.OutputFeatures)
            return;
        int filter = output / a.Window.OutputPixels, pixel = output % a.Window.OutputPixels, weight = filter * a.FanIn;
        int firstChannel = filter / a.Filters * a.Channels;
        float sum = a.Bias[filter];
        for (int c = 0; c < a.Channels; c++)
        {
            int channel = (firstChannel + c) * a.Window.Pixels;
            for (int i = 0; i < a.Window.Rows; i++)
            {
                for (int j = 0; j < a.Window.Columns; j++)
                {
                    int seen = a.Window.Seen(pixel, i, j);
                    if (seen >= 0)
                        sum += a.Weights[weight] * a.X[((channel + seen) * a.Stride) + s];
                    weight++;
                }
            }
        }

        a.Z[(output * a.Stride) + s] = sum;
        a.Y[(output * a.Stride) + s] = a.Function.Of(sum);
    }

    /// <summary>A thread for each input and sample; Y is dz.</summary>
    private static void Conv2dInputGradient(ConvolutionArguments a)
    {
        int input = DeviceThread.Number / a.Batch, s = DeviceThread.Number % a.Batch;
        if (input >= a.InputFeatures)
            return;
        int channel = input / a.Window.Pixels, pixel = input % a.Window.Pixels;
        int firstFilter = channel / a.Channels * a.Filters, place = channel % a.Channels * a.Window.Count;
        float sum = 0;
        for (int i = 0; i < a.Window.Rows; i++)
        {
            for (int j = 0; j < a.Window.Columns; j++)
            {
                int seeing = a.Window.Seeing(pixel, i, j), weight = (firstFilter * a.FanIn) + place + (i * a.Window.Columns) + j;
                for (int f = 0; f < a.Filters && seeing >= 0; f++)
                {
                    int output = ((firstFilter + f) * a.Window.OutputPixels) + seeing;
                    sum += a.Weights[weight + (f * a.FanIn)] * a.Y[(output * a.Stride) + s];
                }
            }
        }

        a.X[(input * a.Stride) + s] = sum;
    }

    /// <summary>A group for each weight, which sums over places and samples; Y is dz.</summary>
    private static void Conv2dWeightGradient(ConvolutionArguments a)
    {
        int weight = Grid.IdxX, filter = weight / a.FanIn, place = weight % a.FanIn % a.Window.Count;
        int channel = (filter / a.Filters * a.Channels) + (weight % a.FanIn / a.Window.Count);
        float sum = a.SumOverPlaces(filter, channel, place / a.Window.Columns, place % a.Window.Columns);
        if (Group.IdxX == 0)
            a.Weights[weight] = sum;
    }

    private static void FilterBiasGradient(ConvolutionArguments a)
    {
        int first = Grid.IdxX * a.Window.OutputPixels;
        float sum = 0;
        for (int i = Group.IdxX; i < a.Window.OutputPixels * a.Batch; i += Group.DimX)
            sum += a.Y[((first + (i / a.Batch)) * a.Stride) + (i % a.Batch)];
        sum = GroupSum.Of(sum);
        if (Group.IdxX == 0)
            a.Bias[Grid.IdxX] = sum;
    }

    private struct ConvolutionArguments
    {
        public ArrayView<float> Weights, Bias, X, Z, Y;
        public ArrayView<int> Tables;
        public DeviceFunction Function;
        public DeviceWindow Window;
        public int FanIn, Channels, Filters, InputFeatures, OutputFeatures, Batch, Stride;
        public int Rows, Columns, Slots, Holes;

        /// <summary>Σ dz · x of a weight over places and samples, by a group of threads; Y is dz.</summary>
        public readonly float SumOverPlaces(int filter, int channel, int i, int j)
        {
            float sum = 0;
            for (int e = Group.IdxX; e < Window.OutputPixels * Batch; e += Group.DimX)
            {
                int pixel = e / Batch, s = e % Batch, seen = Window.Seen(pixel, i, j);
                if (seen >= 0)
                    sum += Y[(((filter * Window.OutputPixels) + pixel) * Stride) + s] * X[(((channel * Window.Pixels) + seen) * Stride) + s];
            }

            return GroupSum.Of(sum);
        }
    }
}
