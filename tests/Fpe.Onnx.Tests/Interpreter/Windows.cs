namespace Fpe.Onnx.Tests.Interpreter;

/// <summary>Operators on images, [batch, channels, height, width].</summary>
internal static class Windows
{
    public static Tensor Flatten(Tensor x, int axis)
    {
        int rows = x.Sizes[..axis].Aggregate(1, (product, size) => product * size);
        return new Tensor([rows, x.Values.Length / rows], x.Values);
    }

    public static Tensor Conv(Tensor x, Tensor weights, Tensor bias, int[] strides, int[] pads, int[] dilations, int groups)
    {
        (int[] kernel, int channels) = (weights.Sizes[2..], weights.Sizes[1]);
        Assert.Equal(x.Sizes[1], channels * groups);
        int Places(int axis) => ((x.Sizes[2 + axis] + pads[axis] + pads[2 + axis] - ((kernel[axis] - 1) * dilations[axis]) - 1) / strides[axis]) + 1;
        return Tensor.Of([x.Sizes[0], weights.Sizes[0], Places(0), Places(1)], at =>
        {
            double sum = bias.At(at[1]);
            int first = at[1] / (weights.Sizes[0] / groups) * channels;
            for (int c = 0; c < channels; c++)
            {
                for (int i = 0; i < kernel[0]; i++)
                {
                    for (int j = 0; j < kernel[1]; j++)
                    {
                        int row = (at[2] * strides[0]) + (i * dilations[0]) - pads[0];
                        int column = (at[3] * strides[1]) + (j * dilations[1]) - pads[1];
                        if (row >= 0 && row < x.Sizes[2] && column >= 0 && column < x.Sizes[3])
                            sum += weights.At(at[1], c, i, j) * x.At(at[0], first + c, row, column);
                    }
                }
            }

            return sum;
        });
    }

    /// <summary>A convolution over sequences, [batch, units, places]: one over images of one row.</summary>
    public static Tensor ConvOfPlaces(Tensor x, Tensor weights, Tensor bias, int[] strides, int[] pads, int[] dilations, int groups)
    {
        static Tensor OneRow(Tensor places) => places with { Sizes = [places.Sizes[0], places.Sizes[1], 1, places.Sizes[2]] };
        Tensor images = Conv(OneRow(x), OneRow(weights), bias, [1, .. strides], [0, pads[0], 0, pads[1]], [1, .. dilations], groups);
        return images with { Sizes = [images.Sizes[0], images.Sizes[1], images.Sizes[3]] };
    }

    public static Tensor MaxPool(Tensor x, int[] kernel, int[] strides, int[] pads) =>
        Pool(x, kernel, strides, pads, seen => seen.Aggregate(double.NegativeInfinity, Math.Max));

    /// <param name="x">Images.</param>
    /// <param name="kernel">Rows and columns of the window.</param>
    /// <param name="strides">Steps in rows and columns.</param>
    /// <param name="pads">Rows and columns before the image, then after it.</param>
    /// <param name="includesPads">Whether padding counts as zeros.</param>
    public static Tensor AveragePool(Tensor x, int[] kernel, int[] strides, int[] pads, bool includesPads) => Pool(
        x, kernel, strides, pads, seen => includesPads ? seen.Sum() / (kernel[0] * kernel[1]) : seen.Average());

    private static Tensor Pool(Tensor x, int[] kernel, int[] strides, int[] pads, Func<IEnumerable<double>, double> reduce)
    {
        int Places(int axis) => ((x.Sizes[2 + axis] + pads[axis] + pads[2 + axis] - kernel[axis]) / strides[axis]) + 1;
        return Tensor.Of([x.Sizes[0], x.Sizes[1], Places(0), Places(1)], at => reduce(
            from i in Enumerable.Range((at[2] * strides[0]) - pads[0], kernel[0])
            where i >= 0 && i < x.Sizes[2]
            from j in Enumerable.Range((at[3] * strides[1]) - pads[1], kernel[1])
            where j >= 0 && j < x.Sizes[3]
            select x.At(at[0], at[1], i, j)));
    }
}
