using Fpe.Compute;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void MaxPool2dForward(MaxPool2dShape shape, Activations x, Activations y, int batch)
    {
        for (int s = 0; s < batch; s++)
        {
            var inputs = Sample(x, s);
            var outputs = Sample(y, s);
            for (int o = 0; o < outputs.Length; o++)
                outputs[o] = inputs[FirstLargest(shape, inputs, o)];
        }
    }

    /// <summary>The input that the window of an output keeps: the first that is not a number, or else the first of the largest.</summary>
    private static int FirstLargest(MaxPool2dShape shape, ReadOnlySpan<T> inputs, int output)
    {
        (int channel, int pixel) = Math.DivRem(output, shape.Output.Pixels);
        (int top, int left) = Math.DivRem(pixel, shape.Output.Width);
        (top, left) = (top * shape.Stride, left * shape.Stride);
        int best = shape.Input.IndexOf(channel, top, left);
        for (int y = top; y < top + shape.Kernel; y++)
        {
            for (int x = left; x < left + shape.Kernel; x++)
            {
                int input = shape.Input.IndexOf(channel, y, x);
                if (!T.IsNaN(inputs[best]) && (inputs[input] > inputs[best] || T.IsNaN(inputs[input])))
                    best = input;
            }
        }

        return best;
    }
}
