using Fpe.Compute;

namespace Fpe.Runtime.Tests.Compute;

public class PoolingKernelTests
{
    [Fact]
    public void Pooling_agrees_with_the_reference()
    {
        int next = 0;
        foreach (Pool2dShape shape in ConvolutionShapes.Pools())
            Check(shape, ConvolutionShapes.Batches[next++ % ConvolutionShapes.Batches.Length], (bench, count) => bench.Values(count));
        foreach (int batch in ConvolutionShapes.Batches)
            Check(new Pool2dShape(new ImageShape(3, 5, 6), 2, 2), batch, (bench, count) => bench.Values(count));
    }

    /// <summary>Few values, so that a window sees the largest several times, and of both zeros.</summary>
    [Fact]
    public void Of_equals_the_first_gets_the_gradient() =>
        Check(new Pool2dShape(new ImageShape(2, 7, 6), 3, 2), 20, (bench, count) =>
            [.. bench.Labels(count, 3).Select(label => label switch { 0 => -0f, 1 => 0f, _ => -1f })]);

    [Fact]
    public void Of_values_that_are_no_numbers_the_first_gets_the_gradient() =>
        Check(new Pool2dShape(new ImageShape(2, 7, 6), 3, 2), 20, (bench, count) =>
            [.. bench.Labels(count, 4).Select(label => label switch
            {
                0 => float.NaN, 1 => float.PositiveInfinity, 2 => float.NegativeInfinity, _ => 1f,
            })]);

    /// <summary>Expected values from PyTorch 1.13: max_pool2d with overlapping windows and equal values, and its gradient.</summary>
    [Fact]
    public void Values_are_those_of_PyTorch()
    {
        var shape = new Pool2dShape(new ImageShape(2, 5, 4), 3, 1);
        float[] images = [.. Enumerable.Range(0, 40).Select(i => i * 7 % 9 - 4f)];
        float[] gradients = [.. Enumerable.Range(1, 12).Select(i => (float)i)];
        var expected = new double[40];
        (expected[5], expected[14], expected[23], expected[28]) = (10, 11, 8, 7);
        (expected[32], expected[33], expected[37]) = (20, 10, 12);
        foreach (Device device in Agreement.All)
        {
            using var bench = new Workbench(device);
            Activations x = bench.Input(40, images), dy = bench.Input(12, gradients), y = bench.Output(12), dx = bench.Output(40);
            bench.Kernels.MaxPool2dForward(shape, x, y, 1);
            bench.Kernels.MaxPool2dInputGradient(shape, x, dy, dx, 1);
            Assert.Equal([4, 4, 4, 4, 4, 4, 3, 4, 4, 2, 4, 3], Workbench.Read(y, 1));
            Assert.Equal(expected, Workbench.Read(dx, 1));
        }
    }

    private static void Check(Pool2dShape shape, int batch, Func<Workbench, int, float[]> images)
    {
        foreach (int capacity in Sizes.Capacities(batch))
        {
            Agreement.Check($"{shape.Input} → {shape.Output}, kernel {shape.Kernel}, stride {shape.Stride}, batch {batch} of {capacity}", capacity, bench =>
            {
                Activations x = bench.Input(shape.Input.Count, images(bench, shape.Input.Count * batch)), y = bench.Output(shape.Output.Count);
                Activations dy = bench.Input(shape.Output.Count, batch), dx = bench.Output(shape.Input.Count);
                bench.Kernels.MaxPool2dForward(shape, x, y, batch);
                bench.Kernels.MaxPool2dInputGradient(shape, x, dy, dx, batch);
                return [.. Workbench.Read(y, batch), .. Workbench.Read(dx, batch)];
            });
        }
    }
}
