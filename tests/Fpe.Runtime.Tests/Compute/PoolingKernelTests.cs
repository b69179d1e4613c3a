using Fpe.Compute;

namespace Fpe.Runtime.Tests.Compute;

public class PoolingKernelTests
{
    private delegate void Pooling(IKernels kernels, Pool2dShape shape, Activations x, Activations y, Activations dy, Activations dx, int batch);

    [Fact]
    public void Pooling_agrees_with_the_reference()
    {
        CheckAll(Largest);
        CheckAll(Mean);
    }

    /// <summary>Few values, so that a window sees the largest several times, and of both zeros.</summary>
    [Fact]
    public void Of_equals_the_first_gets_the_gradient() =>
        Check(Largest, new Pool2dShape(new ImageShape(2, 7, 6), 3, 2), 20, (bench, count) =>
            [.. bench.Labels(count, 3).Select(label => label switch { 0 => -0f, 1 => 0f, _ => -1f })]);

    [Fact]
    public void Of_values_that_are_no_numbers_the_first_gets_the_gradient() =>
        Check(Largest, new Pool2dShape(new ImageShape(2, 7, 6), 3, 2), 20, (bench, count) =>
            [.. bench.Labels(count, 4).Select(label => label switch
            {
                0 => float.NaN, 1 => float.PositiveInfinity, 2 => float.NegativeInfinity, _ => 1f,
            })]);

    [Fact]
    public void A_number_that_is_not_finite_reaches_the_means_of_its_windows_only() =>
        Check(Mean, new Pool2dShape(new ImageShape(2, 7, 6), 3, 2), 20, (bench, count) =>
        {
            float[] values = bench.Values(count);
            (values[5], values[700], values[701], values[count - 10]) =
                (float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.PositiveInfinity);
            return values;
        });

    /// <summary>Expected values from PyTorch 1.13: max_pool2d with overlapping windows and equal values, and its gradient.</summary>
    [Fact]
    public void The_largest_are_those_of_PyTorch()
    {
        var gradient = new double[40];
        (gradient[5], gradient[14], gradient[23], gradient[28]) = (10, 11, 8, 7);
        (gradient[32], gradient[33], gradient[37]) = (20, 10, 12);
        CheckValues(Largest, new Pool2dShape(new ImageShape(2, 5, 4), 3, 1), [4, 4, 4, 4, 4, 4, 3, 4, 4, 2, 4, 3], gradient);
    }

    /// <summary>Expected values from PyTorch 1.13: avg_pool2d with overlapping windows, and its gradient.</summary>
    [Fact]
    public void Means_are_those_of_PyTorch_where_windows_overlap() => CheckValues(
        Mean, new Pool2dShape(new ImageShape(2, 4, 3), 2, 1),
        [-1.25, 1.25, -0.5, -0.25, 0.25, 0.5, -0.5, -0.25, 0.25, 0.5, -1.25, 1.25],
        [0.25, 0.75, 0.5, 1, 2.5, 1.5, 2, 4.5, 2.5, 1.25, 2.75, 1.5, 1.75, 3.75, 2, 4, 8.5, 4.5, 5, 10.5, 5.5, 2.75, 5.75, 3]);

    /// <summary>Expected values from PyTorch 1.13: avg_pool2d of an image whose last row and column no window reaches, and its gradient.</summary>
    [Fact]
    public void Means_are_those_of_PyTorch_where_no_window_reaches() => CheckValues(
        Mean, new Pool2dShape(new ImageShape(1, 5, 5), 2, 2),
        [1.25, -0.5, 1.5, -2.5],
        [0.25, 0.25, 0.5, 0.5, 0, 0.25, 0.25, 0.5, 0.5, 0, 0.75, 0.75, 1, 1, 0, 0.75, 0.75, 1, 1, 0, 0, 0, 0, 0, 0]);

    /// <summary>Expected values from PyTorch 1.13: max_pool2d with padding, which is never the maximum, and its gradient.</summary>
    [Fact]
    public void Padding_is_never_the_maximum() => CheckValues(
        Largest, new Pool2dShape(new ImageShape(2, 3, 2), 2, 1, 1),
        [-4, 3, 3, 1, 3, 3, 1, 4, 4, -3, 4, 4, 2, 2, 0, 2, 2, 0, 3, 3, 1, 3, 3, 1],
        [1, 16, 11, 0, 10, 40, 60, 33, 0, 0, 84, 45]);

    /// <summary>Expected values from PyTorch 1.13: avg_pool2d with padding, which counts as zeros (count_include_pad), and its gradient.</summary>
    [Fact]
    public void Padding_counts_as_zeros_in_means() => CheckValues(
        Mean, new Pool2dShape(new ImageShape(2, 3, 2), 4, 2, 2),
        [-0.0625, -0.0625, 0, 0, -0.25, -0.25, 0, 0],
        [0.625, 0.625, 0.625, 0.625, 0.4375, 0.4375, 1.625, 1.625, 1.625, 1.625, 0.9375, 0.9375]);

    /// <summary>−∞ inside the image is not padding.</summary>
    [Fact]
    public void The_first_of_a_window_of_minus_infinity_gets_the_gradient() =>
        Check(Largest, new Pool2dShape(new ImageShape(2, 4, 3), 3, 2, 1), 17, (_, count) => [.. Enumerable.Repeat(float.NegativeInfinity, count)]);

    private static void Largest(IKernels kernels, Pool2dShape shape, Activations x, Activations y, Activations dy, Activations dx, int batch)
    {
        kernels.MaxPool2dForward(shape, x, y, batch);
        kernels.MaxPool2dInputGradient(shape, x, dy, dx, batch);
    }

    private static void Mean(IKernels kernels, Pool2dShape shape, Activations x, Activations y, Activations dy, Activations dx, int batch)
    {
        kernels.AvgPool2dForward(shape, x, y, batch);
        kernels.AvgPool2dInputGradient(shape, dy, dx, batch);
    }

    private static void CheckValues(Pooling pooling, Pool2dShape shape, double[] outputs, double[] gradient)
    {
        float[] images = [.. Enumerable.Range(0, shape.Input.Count).Select(i => i * 7 % 9 - 4f)];
        float[] gradients = [.. Enumerable.Range(1, shape.Output.Count).Select(i => (float)i)];
        foreach (Device device in Agreement.All)
        {
            using var bench = new Workbench(device);
            Activations x = bench.Input(images.Length, images), dy = bench.Input(gradients.Length, gradients);
            Activations y = bench.Output(gradients.Length), dx = bench.Output(images.Length);
            pooling(bench.Kernels, shape, x, y, dy, dx, 1);
            Assert.Equal(outputs, Workbench.Read(y, 1));
            Assert.Equal(gradient, Workbench.Read(dx, 1));
        }
    }

    private static void CheckAll(Pooling pooling)
    {
        int next = 0;
        foreach (Pool2dShape shape in ConvolutionShapes.Pools())
            Check(pooling, shape, ConvolutionShapes.Batches[next++ % ConvolutionShapes.Batches.Length], (bench, count) => bench.Values(count));
        foreach (int batch in ConvolutionShapes.Batches)
            Check(pooling, new Pool2dShape(new ImageShape(3, 5, 6), 2, 2), batch, (bench, count) => bench.Values(count));
    }

    private static void Check(Pooling pooling, Pool2dShape shape, int batch, Func<Workbench, int, float[]> images)
    {
        foreach (int capacity in Sizes.Capacities(batch))
        {
            string what = $"{pooling.Method.Name} of {shape.Input} → {shape.Output}, {shape.Window}, batch {batch} of {capacity}";
            Agreement.Check(what, capacity, bench =>
            {
                Activations x = bench.Input(shape.Input.Count, images(bench, shape.Input.Count * batch)), y = bench.Output(shape.Output.Count);
                Activations dy = bench.Input(shape.Output.Count, batch), dx = bench.Output(shape.Input.Count);
                pooling(bench.Kernels, shape, x, y, dy, dx, batch);
                return [.. Workbench.Read(y, batch), .. Workbench.Read(dx, batch)];
            }, hasBodies: true);
        }
    }
}
