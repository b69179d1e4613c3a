using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

/// <content>A thread for each value and sample; consecutive channels count as one image after the other.</content>
internal sealed partial class GpuKernels
{
    private readonly Kernel<PoolArguments> maxPool2dForward = new(device, MaxPool2dForward);
    private readonly Kernel<PoolArguments> maxPool2dInputGradient = new(device, MaxPool2dInputGradient);
    private readonly Kernel<PoolArguments> avgPool2dForward = new(device, AvgPool2dForward);
    private readonly Kernel<PoolArguments> avgPool2dInputGradient = new(device, AvgPool2dInputGradient);

    public void MaxPool2dForward(Pool2dShape shape, Activations x, Activations y, int batch) =>
        maxPool2dForward.RunFor(y.Features * batch, Pool(shape, x, y, y, batch));

    public void MaxPool2dInputGradient(Pool2dShape shape, Activations x, Activations dy, Activations dx, int batch) =>
        maxPool2dInputGradient.RunFor(dx.Features * batch, Pool(shape, x, dy, dx, batch));

    public void AvgPool2dForward(Pool2dShape shape, Activations x, Activations y, int batch) =>
        avgPool2dForward.RunFor(y.Features * batch, Pool(shape, x, y, y, batch));

    public void AvgPool2dInputGradient(Pool2dShape shape, Activations dy, Activations dx, int batch) =>
        avgPool2dInputGradient.RunFor(dx.Features * batch, Pool(shape, dx, dy, dx, batch));

    private static PoolArguments Pool(Pool2dShape shape, Activations x, Activations y, Activations result, int batch) => new()
    {
        X = View(x),
        Y = View(y),
        Result = View(result),
        Window = new(shape.Input, shape.Output, shape.Window),
        Features = result.Features,
        Batch = batch,
        Stride = Lanes(x).Stride,
    };

    private static void MaxPool2dForward(PoolArguments a)
    {
        int output = DeviceThread.Number / a.Batch, s = DeviceThread.Number % a.Batch;
        if (output >= a.Features)
            return;
        int image = output / a.Window.OutputPixels * a.Window.Pixels;
        a.Result[(output * a.Stride) + s] = a.X[((image + a.Largest(image, output % a.Window.OutputPixels, s)) * a.Stride) + s];
    }

    private static void MaxPool2dInputGradient(PoolArguments a)
    {
        int input = DeviceThread.Number / a.Batch, s = DeviceThread.Number % a.Batch;
        if (input >= a.Features)
            return;
        int channel = input / a.Window.Pixels, pixel = input % a.Window.Pixels, image = channel * a.Window.Pixels;
        float sum = 0;
        for (int i = 0; i < a.Window.Rows; i++)
        {
            for (int j = 0; j < a.Window.Columns; j++)
            {
                int seeing = a.Window.Seeing(pixel, i, j);
                if (seeing >= 0 && a.Largest(image, seeing, s) == pixel)
                    sum += a.Y[(((channel * a.Window.OutputPixels) + seeing) * a.Stride) + s];
            }
        }

        a.Result[(input * a.Stride) + s] = sum;
    }

    private static void AvgPool2dForward(PoolArguments a)
    {
        int output = DeviceThread.Number / a.Batch, s = DeviceThread.Number % a.Batch;
        if (output >= a.Features)
            return;
        int image = output / a.Window.OutputPixels * a.Window.Pixels;
        float sum = 0;
        for (int i = 0; i < a.Window.Rows; i++)
        {
            for (int j = 0; j < a.Window.Columns; j++)
            {
                int seen = a.Window.Seen(output % a.Window.OutputPixels, i, j);
                if (seen >= 0)
                    sum += a.X[((image + seen) * a.Stride) + s];
            }
        }

        a.Result[(output * a.Stride) + s] = sum / a.Window.Count;
    }

    private static void AvgPool2dInputGradient(PoolArguments a)
    {
        int input = DeviceThread.Number / a.Batch, s = DeviceThread.Number % a.Batch;
        if (input >= a.Features)
            return;
        int image = input / a.Window.Pixels * a.Window.OutputPixels;
        float sum = 0;
        for (int i = 0; i < a.Window.Rows; i++)
        {
            for (int j = 0; j < a.Window.Columns; j++)
            {
                int seeing = a.Window.Seeing(input % a.Window.Pixels, i, j);
                if (seeing >= 0)
                    sum += a.Y[((image + seeing) * a.Stride) + s];
            }
        }

        a.Result[(input * a.Stride) + s] = sum / a.Window.Count;
    }

    private struct PoolArguments
    {
        public ArrayView<float> X, Y, Result;
        public DeviceWindow Window;
        public int Features, Batch, Stride;

        /// <summary>The first of the largest pixels that a window sees, row by row, or the first that is not a number.</summary>
        public readonly int Largest(int image, int output, int sample)
        {
            int largest = -1;
            float value = 0;
            for (int i = 0; i < Window.Rows; i++)
            {
                for (int j = 0; j < Window.Columns; j++)
                {
                    int seen = Window.Seen(output, i, j);
                    if (seen < 0)
                        continue;
                    float other = X[((image + seen) * Stride) + sample];
                    bool isLarger = largest < 0 || (!DeviceMath.IsNaN(value) && (DeviceMath.IsNaN(other) || other > value));
                    largest = isLarger ? seen : largest;
                    value = isLarger ? other : value;
                }
            }

            return largest;
        }
    }
}
