using Fpe.Compute;

namespace Fpe.Runtime.Tests.Compute;

public class ActivationKernelTests
{
    /// <summary>Numbers of every size, and the ends of the formulas' ranges.</summary>
    private static readonly float[] Arguments =
    [
        .. from exponent in Enumerable.Range(-30, 38) from mantissa in new[] { 1f, 1.3f, 1.7f } from sign in new[] { -1, 1 }
           select sign * mantissa * MathF.ScaleB(1, exponent),
        .. from i in Enumerable.Range(-2000, 4001) select i * 0.01f,
        0, -0f, 0.625f, 88.7f, -88.7f, -103, 104, 1e10f, -1e10f, float.MaxValue, float.MinValue, 1e-42f, -1e-42f,
        float.PositiveInfinity, float.NegativeInfinity, float.NaN,
    ];

    public static TheoryData<ElementFunction> Functions =>
    [
        .. Enum.GetValues<ActivationFunction>().Select(function => (ElementFunction)function),
        ElementFunction.LeakyRelu(0), ElementFunction.LeakyRelu(0.3), ElementFunction.LeakyRelu(2),
    ];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Values_agree_with_the_reference(ElementFunction function) =>
        Agreement.Check($"{function}", Arguments.Length, bench => Forward(bench, function), scale: 1e-37, error: 1e-6);

    [Theory]
    [MemberData(nameof(Functions))]
    public void Values_by_themselves_agree_with_the_reference(ElementFunction function) =>
        Agreement.Check($"{function}", Arguments.Length, bench =>
        {
            Activations x = bench.Input(1, Arguments), y = bench.Output(1);
            bench.Kernels.Activate(function, x, y, Arguments.Length);
            bench.Kernels.Activate(function, x, x, Arguments.Length);
            Assert.Equal(Workbench.Read(y, Arguments.Length), Workbench.Read(x, Arguments.Length));
            return Workbench.Read(y, Arguments.Length);
        }, scale: 1e-37, error: 1e-6, hasBodies: true);

    [Theory]
    [MemberData(nameof(Functions))]
    public void Values_by_themselves_agree_at_all_sizes(ElementFunction function)
    {
        foreach (int features in Sizes.Features)
        {
            foreach (int batch in Sizes.Batches)
            {
                foreach (int capacity in Sizes.Capacities(batch))
                {
                    Agreement.Check($"{function} of {features} features, batch {batch} of {capacity}", capacity, bench =>
                    {
                        Activations x = bench.Input(features, batch), y = bench.Output(features);
                        bench.Kernels.Activate(function, x, y, batch);
                        return Workbench.Read(y, batch);
                    }, hasBodies: true);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Functions))]
    public void Gradients_agree_with_the_reference(ElementFunction function) =>
        Agreement.Check($"gradient of {function}", Arguments.Length, bench =>
        {
            int batch = Arguments.Length;
            Activations z = bench.Input(1, Arguments);
            Activations y = bench.Input(1, [.. Forward(bench, function).Select(value => (float)value)]);
            Activations dy = bench.Input(1, batch);
            bench.Kernels.ActivationGradient(function, function.Kind.NeedsWeightedSums() ? z : null, y, dy, batch);
            return Workbench.Read(dy, batch);
        }, scale: function.Kind is ActivationFunction.Identity or ActivationFunction.Relu ? 1e-37 : 1);

    [Fact]
    public void Gradients_agree_at_all_sizes()
    {
        foreach (int features in Sizes.Features)
        {
            foreach (int batch in Sizes.Batches)
            {
                foreach (int capacity in Sizes.Capacities(batch))
                {
                    Agreement.Check($"{features} features, batch {batch} of {capacity}", capacity, bench =>
                    {
                        Activations z = bench.Input(features, batch), y = bench.Input(features, batch), dy = bench.Input(features, batch);
                        bench.Kernels.ActivationGradient(ActivationFunction.Gelu, z, y, dy, batch);
                        return Workbench.Read(dy, batch);
                    });
                }
            }
        }
    }

    [Fact]
    public void Dropout_drops_the_same_elements_on_every_device()
    {
        foreach (int features in Sizes.Features)
        {
            foreach (int batch in Sizes.Batches)
            {
                Agreement.Check($"dropout of {features} features, batch {batch}", batch + 5, bench =>
                {
                    Activations x = bench.Input(features, batch), y = bench.Output(features), same = bench.Input(features, batch);
                    bench.Kernels.Dropout(0.3, seed: 7, stream: 1UL << 40, x, y, batch);
                    bench.Kernels.Dropout(0.5, seed: 8, stream: 3, same, same, batch);
                    return [.. Workbench.Read(y, batch), .. Workbench.Read(same, batch)];
                }, scale: 1e-30);
            }
        }
    }

    [Fact]
    public void Dropout_of_channels_drops_the_same_channels_on_every_device()
    {
        foreach ((int channels, int places) in ((int, int)[])[(1, 1), (1, 5), (3, 2), (4, 4), (5, 3), (9, 7)])
        {
            foreach (int batch in Sizes.Batches)
            {
                Agreement.Check($"dropout of {channels} channels of {places} pixels, batch {batch}", batch + 5, bench =>
                {
                    Activations x = bench.Input(channels * places, batch), y = bench.Output(channels * places), same = bench.Input(channels * places, batch);
                    bench.Kernels.DropoutOfChannels(places, 0.3, seed: 7, stream: 1UL << 40, x, y, batch);
                    bench.Kernels.DropoutOfChannels(places, 0.5, seed: 8, stream: 3, same, same, batch);
                    return [.. Workbench.Read(y, batch), .. Workbench.Read(same, batch)];
                }, scale: 1e-30, hasBodies: true);
            }
        }
    }

    /// <summary>A channel is dropped where a value of that number is dropped alone, and it is dropped as a whole.</summary>
    [Fact]
    public void Channels_are_dropped_whole()
    {
        using var bench = new Workbench(Device.Default, capacity: 50);
        Activations x = bench.Input(60, [.. Enumerable.Repeat(1f, 3000)]), y = bench.Output(60);
        Activations units = bench.Input(12, [.. Enumerable.Repeat(1f, 600)]), dropped = bench.Output(12);
        bench.Kernels.DropoutOfChannels(5, 0.2, 3, 4, x, y, 50);
        bench.Kernels.Dropout(0.2, 3, 4, units, dropped, 50);
        Assert.Equal(Workbench.Read(dropped, 50).SelectMany(value => Enumerable.Repeat(value, 5)), Workbench.Read(y, 50));
    }

    [Fact]
    public void Dropout_drops_at_its_rate()
    {
        using var bench = new Workbench(Device.Default, capacity: 1000);
        Activations x = bench.Input(100, [.. Enumerable.Repeat(1f, 100_000)]), y = bench.Output(100);
        bench.Kernels.Dropout(0.2, 1, 1, x, y, 1000);
        var values = Workbench.Read(y, 1000);
        Assert.InRange(values.Count(value => value == 0), 19_500, 20_500);
        Assert.All(values, value => Assert.True(value is 0 or 1.25));
    }

    /// <summary>Expected values from PyTorch 1.13: leaky_relu with a slope of 0.25, and its gradient.</summary>
    [Fact]
    public void Leaky_values_are_those_of_PyTorch()
    {
        foreach (Device device in Agreement.All)
        {
            using var bench = new Workbench(device, capacity: 4);
            Activations z = bench.Input(1, [-2, -0f, 0, 3]), y = bench.Output(1), dy = bench.Input(1, [1, 2, 3, 4]);
            bench.Kernels.Activate(ElementFunction.LeakyRelu(0.25), z, y, 4);
            bench.Kernels.ActivationGradient(ElementFunction.LeakyRelu(0.25), null, y, dy, 4);
            Assert.Equal([-0.5, 0, 0, 3], Workbench.Read(y, 4));
            Assert.Equal([0.25, 0.5, 0.75, 4], Workbench.Read(dy, 4));
        }
    }

    private static double[] Forward(Workbench bench, ElementFunction function)
    {
        DeviceEdges edges = bench.Edges(EdgeLayout.Dense(1, 1));
        DeviceBuffer one = bench.Buffer([1]), zero = bench.Buffer([0]);
        Activations y = bench.Output(1);
        bench.Kernels.EdgeForward(edges, one, zero, function, bench.Input(1, Arguments), null, y, Arguments.Length);
        return Workbench.Read(y, Arguments.Length);
    }
}
