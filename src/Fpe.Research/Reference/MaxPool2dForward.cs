using Fpe.Compute;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void MaxPool2dForward(Pool2dShape shape, Activations x, Activations y, int batch)
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
    private static int FirstLargest(Pool2dShape shape, ReadOnlySpan<T> inputs, int output)
    {
        int best = -1;
        foreach (int input in shape.Seen(output))
        {
            if (best < 0 || (!T.IsNaN(inputs[best]) && (inputs[input] > inputs[best] || T.IsNaN(inputs[input]))))
                best = input;
        }

        return best;
    }
}
