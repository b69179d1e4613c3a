namespace Fpe.Onnx.Tests.Interpreter;

/// <summary>Operators as plain loops over their outputs.</summary>
internal static class Operators
{
    public static Tensor Elementwise(Tensor[] inputs, Func<double, double, double> function)
    {
        (Tensor larger, Tensor smaller) = inputs[0].Rank >= inputs[1].Rank ? (inputs[0], inputs[1]) : (inputs[1], inputs[0]);
        int first = larger.Rank - smaller.Rank;
        int[] sizes = [.. larger.Sizes.Select((size, axis) => axis < first ? size : Math.Max(size, smaller.Sizes[axis - first]))];
        return Tensor.Of(sizes, index => function(inputs[0].Repeated(index), inputs[1].Repeated(index)));
    }

    public static Tensor Gemm(Tensor[] inputs, bool transposeB)
    {
        Tensor b = transposeB ? Transpose(inputs[1], [1, 0]) : inputs[1];
        return Elementwise([MatMul(inputs[0], b), inputs[2]], (product, bias) => product + bias);
    }

    /// <summary>Products of matrices, for each index of the axes before the last two.</summary>
    public static Tensor MatMul(Tensor a, Tensor b)
    {
        Assert.Equal(a.Sizes[..^2], b.Sizes[..^2]);
        Assert.Equal(a.Sizes[^1], b.Sizes[^2]);
        return Tensor.Of([.. a.Sizes[..^1], b.Sizes[^1]], index =>
        {
            int[] left = [.. index];
            int[] right = [.. index];
            double sum = 0;
            for (int k = 0; k < a.Sizes[^1]; k++)
            {
                left[^1] = right[^2] = k;
                sum += a.At(left) * b.At(right);
            }

            return sum;
        });
    }

    public static Tensor Transpose(Tensor x, int[] axes)
    {
        var source = new int[x.Rank];
        return Tensor.Of([.. axes.Select(axis => x.Sizes[axis])], index =>
        {
            for (int axis = 0; axis < axes.Length; axis++)
                source[axes[axis]] = index[axis];
            return x.At(source);
        });
    }

    public static Tensor Gather(Tensor x, Tensor indices, int axis) =>
        Tensor.Of([.. x.Sizes[..axis], .. indices.Sizes, .. x.Sizes[(axis + 1)..]], index =>
        {
            int source = (int)indices.At(index.AsSpan(axis, indices.Rank));
            return x.At([.. index[..axis], source, .. index[(axis + indices.Rank)..]]);
        });

    /// <summary>Numbers along an axis, each by an index of its own; indices have no more places along the other axes than the input has.</summary>
    public static Tensor GatherElements(Tensor x, Tensor indices, int axis)
    {
        Assert.Equal(x.Rank, indices.Rank);
        Assert.All(Enumerable.Range(0, x.Rank).Where(other => other != axis), other => Assert.InRange(indices.Sizes[other], 0, x.Sizes[other]));
        return Tensor.Of(indices.Sizes, index => x.At([.. index[..axis], (int)indices.At(index), .. index[(axis + 1)..]]));
    }

    /// <summary>Values repeated along axes of size 1, of the input or of the shape.</summary>
    public static Tensor Expand(Tensor x, Tensor shape)
    {
        Assert.Equal(x.Rank, shape.Values.Length);
        return Tensor.Of([.. x.Sizes.Zip(shape.Values, (size, other) => size == 1 ? (int)other : size)], index => x.Repeated(index));
    }

    /// <summary>The values at an index of the first axis.</summary>
    public static Tensor Part(Tensor x, int index)
    {
        int length = x.Values.Length / x.Sizes[0];
        return new Tensor(x.Sizes[1..], x.Values[(index * length)..((index + 1) * length)]);
    }

    /// <summary>Whole numbers, the step of each index of an axis or one for all, and the number that stands for 0 if it is another.</summary>
    public static Tensor Dequantize(Tensor[] inputs, int? axis) => Tensor.Of(inputs[0].Sizes, index =>
    {
        double Of(int input) => axis is { } along ? inputs[input].At(index[along]) : Assert.Single(inputs[input].Values);
        return (inputs[0].At(index) - (inputs.Length > 2 ? Of(2) : 0)) * Of(1);
    });

    public static Tensor Concat(Tensor[] inputs, int axis)
    {
        int[] ends = [.. inputs.Select((_, i) => inputs[..(i + 1)].Sum(input => input.Sizes[axis]))];
        return Tensor.Of([.. inputs[0].Sizes[..axis], ends[^1], .. inputs[0].Sizes[(axis + 1)..]], index =>
        {
            int input = Array.FindIndex(ends, end => index[axis] < end);
            int first = input == 0 ? 0 : ends[input - 1];
            return inputs[input].At([.. index[..axis], index[axis] - first, .. index[(axis + 1)..]]);
        });
    }

    /// <summary>Input, scale, shift, mean and variance; the second axis is normalised.</summary>
    public static Tensor BatchNormalization(Tensor[] inputs, double epsilon) => Tensor.Of(inputs[0].Sizes, index =>
    {
        double Of(int input) => inputs[input].At([index[1]]);
        return ((inputs[0].At(index) - Of(3)) / Math.Sqrt(Of(4) + epsilon) * Of(1)) + Of(2);
    });

    public static Tensor MeanOfChannels(Tensor x) => Tensor.Of([x.Sizes[0], x.Sizes[1], 1, 1], index =>
    {
        (int sample, int channel) = (index[0], index[1]);
        return Enumerable.Range(0, x.Sizes[2]).Average(row => Enumerable.Range(0, x.Sizes[3]).Average(column => x.At([sample, channel, row, column])));
    });

    /// <summary>Sums or means over an axis, which keeps the size 1 or goes.</summary>
    public static Tensor Reduce(Tensor x, int axis, bool keeps, Func<IEnumerable<double>, double> function)
    {
        int[] sizes = [.. x.Sizes[..axis], .. keeps ? (int[])[1] : [], .. x.Sizes[(axis + 1)..]];
        return Tensor.Of(sizes, index => function([.. Enumerable.Range(0, x.Sizes[axis]).Select(i => x.At([.. index[..axis], i, .. index[(keeps ? axis + 1 : axis)..]]))]));
    }

    /// <summary>exp(x) over its sum along an axis; equally small exponents are subtracted first.</summary>
    public static Tensor Softmax(Tensor x, int axis)
    {
        Tensor largest = Reduce(x, axis, keeps: true, Enumerable.Max);
        Tensor powers = Elementwise([x, largest], (value, most) => Math.Exp(value - most));
        return Elementwise([powers, Reduce(powers, axis, keeps: true, Enumerable.Sum)], (power, sum) => power / sum);
    }

    public static Tensor Unsqueeze(Tensor x, int axis) => x with { Sizes = [.. x.Sizes[..axis], 1, .. x.Sizes[axis..]] };

    public static Tensor Slice(Tensor x, int start, int end, int axis) =>
        Tensor.Of([.. x.Sizes[..axis], end - start, .. x.Sizes[(axis + 1)..]], index => x.At([.. index[..axis], index[axis] + start, .. index[(axis + 1)..]]));

    /// <summary>The same values in another shape; a size of 0 is as before, and one of −1 what is left.</summary>
    public static Tensor Reshape(Tensor x, Tensor shape)
    {
        int[] sizes = [.. shape.Values.Select((size, axis) => size == 0 ? x.Sizes[axis] : (int)size)];
        int known = sizes.Where(size => size != -1).Aggregate(1, (product, size) => product * size);
        return new Tensor([.. sizes.Select(size => size == -1 ? x.Values.Length / known : size)], x.Values);
    }
}
