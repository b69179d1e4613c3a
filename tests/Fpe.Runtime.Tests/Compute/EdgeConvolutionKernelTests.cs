using System.Collections;
using Fpe.Compute;
using Fpe.Compute.Cpu;
using Fpe.Numerics;

namespace Fpe.Runtime.Tests.Compute;

public class EdgeConvolutionKernelTests
{
    [Fact]
    public void Small_convolutions_of_every_structure_agree_with_the_reference()
    {
        int next = 0;
        foreach (Conv2dShape shape in ConvolutionShapes.Small())
        {
            foreach (EdgeLayout layout in Layouts.All(shape.Filters, shape.FanIn))
                CheckAll(shape, layout, ConvolutionShapes.Batches[next++ % ConvolutionShapes.Batches.Length]);
        }
    }

    [Fact]
    public void Every_batch_agrees_with_the_reference()
    {
        var shape = new Conv2dShape(new ImageShape(3, 6, 5), 5, 3, 2, 1);
        foreach (int batch in ConvolutionShapes.Batches)
        {
            foreach (EdgeLayout layout in Layouts.All(shape.Filters, shape.FanIn))
                CheckAll(shape, layout, batch);
        }
    }

    /// <summary>Blocks of every height, and more columns than are gone through at a time.</summary>
    [Fact]
    public void Wide_convolutions_agree_with_the_reference()
    {
        foreach (Conv2dShape shape in ConvolutionShapes.Wide().Append(new Conv2dShape(new ImageShape(130, 3, 4), 7, 3, 1, 1)))
        {
            for (int height = 1; height <= shape.Filters; height = height < 9 ? height + 1 : 2 * height)
                CheckAll(shape, Partition(shape, height), batch: 19);
            CheckAll(shape, EdgeLayout.Dense(shape.Filters, shape.FanIn), batch: 19);
        }
    }

    /// <summary>Rows unlike columns, and dilation.</summary>
    [Fact]
    public void General_convolutions_agree_with_the_reference()
    {
        int next = 0;
        foreach (Conv2dShape general in ConvolutionShapes.General().Where(shape => shape.Input.Channels < 10))
        {
            var shape = new Conv2dShape(general.Input, general.Filters, general.Window);
            CheckAll(shape, Partition(shape, 1 + (next++ % 3)), batch: 17);
        }
    }

    /// <summary>Filters that have all their weights are those of a convolution.</summary>
    [Fact]
    public void Dense_filters_do_what_a_convolution_does()
    {
        foreach (Conv2dShape shape in ConvolutionShapes.Small().Concat(ConvolutionShapes.Wide()))
        {
            foreach (Device device in Agreement.All)
            {
                double[] dense = Run(device, overEdges: false);
                Assert.Equal(dense, Run(device, overEdges: true), (a, b) => Math.Abs(a - b) < 1e-4);
            }

            double[] Run(Device device, bool overEdges)
            {
                const int Batch = 9;
                using var bench = new Workbench(device, Batch);
                DeviceBuffer w = bench.Buffer(bench.Values(shape.WeightCount)), b = bench.Buffer(bench.Values(shape.Filters));
                DeviceBuffer dw = bench.OutputBuffer(shape.WeightCount), db = bench.OutputBuffer(shape.Filters);
                Activations x = bench.Input(shape.Input.Count, Batch), dz = bench.Input(shape.Output.Count, Batch);
                Activations y = bench.Output(shape.Output.Count), dx = bench.Output(shape.Input.Count);
                if (overEdges)
                {
                    DeviceEdges edges = bench.Filters(EdgeLayout.Dense(shape.Filters, shape.FanIn));
                    double[] filters = Workbench.Read(w);
                    edges.Write(filters, w);
                    bench.Kernels.EdgeConv2dForward(shape, edges, w, b, ActivationFunction.Relu, x, null, y, Batch);
                    bench.Kernels.EdgeConv2dInputGradient(shape, edges, w, dz, dx, Batch);
                    bench.Kernels.EdgeConv2dWeightGradient(shape, edges, x, dz, dw, db, Batch);
                    edges.Read(dw, filters);
                    dw.Write(filters);
                }
                else
                {
                    bench.Kernels.Conv2dForward(shape, w, b, ActivationFunction.Relu, x, null, y, Batch);
                    bench.Kernels.Conv2dInputGradient(shape, w, dz, dx, Batch);
                    bench.Kernels.Conv2dWeightGradient(shape, x, dz, dw, db, Batch);
                }

                return [.. Workbench.Read(y, Batch), .. Workbench.Read(dx, Batch), .. Workbench.Read(dw), .. Workbench.Read(db)];
            }
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(1e-42f)]
    [InlineData(1e38f)]
    public void Unusual_numbers_reach_the_same_outputs(float unusual)
    {
        // without padding, whose zeros a device may multiply
        var shape = new Conv2dShape(new ImageShape(2, 6, 5), 5, 3, 2);
        const int Batch = 19;
        foreach (EdgeLayout layout in Layouts.All(shape.Filters, shape.FanIn).Where(layout => !layout.HasHoles))
        {
            Agreement.Check($"{layout.Structure} with {unusual}", 24, bench =>
            {
                var input = bench.Values(shape.Input.Count * Batch);
                var gradient = bench.Values(shape.Output.Count * Batch);
                input[4 * shape.Input.Count + 9] = gradient[18 * shape.Output.Count + 3] = unusual;
                Activations x = bench.Input(shape.Input.Count, input), dz = bench.Input(shape.Output.Count, gradient);
                return Run(bench, shape, layout, x, dz, ActivationFunction.Relu, Batch);
            }, maySpread: true);
        }
    }

    /// <summary>The padding contributes nothing, even where the weight over it is not finite; nor do weights that are not there.</summary>
    [Fact]
    public void The_padding_is_not_multiplied_forwards()
    {
        var shape = new Conv2dShape(new ImageShape(1, 2, 2), 2, 3, 1, 1);
        EdgeLayout together = EdgeLayout.OfBlocks(EdgeStructure.SharedBlocks, 2, 9, [([1, 0], [0, 4])]);
        EdgeLayout apart = EdgeLayout.OfBlocks(EdgeStructure.OwnPartition, 2, 9, [([1], [0, 4]), ([0], [0, 4])]);
        foreach (Device device in TestedDevices.MultiplyZeros ? [] : Agreement.All)
        {
            foreach (EdgeLayout layout in new[] { together, apart })
            {
                using var bench = new Workbench(device);
                DeviceEdges edges = bench.Filters(layout);
                DeviceBuffer w = bench.Output(edges), b = bench.Buffer([0.5f, 0.25f]);
                edges.Write([double.NaN, 2, double.NaN, 1], w);
                Activations x = bench.Input(4, [1, 2, 3, 4]), y = bench.Output(8);
                bench.Kernels.EdgeConv2dForward(shape, edges, w, b, ActivationFunction.Identity, x, null, y, 1);
                Assert.Equal([1.5, 2.5, 3.5, double.NaN, 2.25, 4.25, 6.25, double.NaN], Workbench.Read(y, 1));
            }
        }
    }

    [Fact]
    public void Holes_stay_exactly_0_whatever_comes_in()
    {
        var shape = new Conv2dShape(new ImageShape(2, 3, 3), 3, 2, 1, 1);
        EdgeLayout dense = EdgeLayout.Dense(3, 8), blocks = EdgeLayout.OfBlocks(
            EdgeStructure.SharedBlocks, 3, 8, [([2, 0], [1, 2, 3, 4, 5]), ([1], [0, 3, 4, 5, 6, 7])]);
        foreach (EdgeLayout all in new[] { dense, blocks })
        {
            var kept = new BitArray(all.SlotCount, defaultValue: true);
            kept[0] = kept[8] = kept[15] = false;
            EdgeLayout layout = all.WithHoles(kept);
            foreach (Device device in Agreement.All)
            {
                using var bench = new Workbench(device, capacity: 3);
                DeviceEdges edges = bench.Filters(layout);
                Activations x = bench.Input(18, [.. Enumerable.Repeat(float.NaN, 54)]);
                Activations dz = bench.Input(48, [.. Enumerable.Repeat(float.PositiveInfinity, 144)]);
                DeviceBuffer dw = bench.Output(edges), db = bench.OutputBuffer(3);
                bench.Kernels.EdgeConv2dWeightGradient(shape, edges, x, dz, dw, db, 3);
                Assert.Equal(3, Workbench.Read(dw).Count(value => value == 0));
                double[] slots = Workbench.Read(edges, dw);
                for (int slot = 0; slot < slots.Length; slot++)
                    Assert.Equal(layout.IsKept(slot) ? double.NaN : 0, slots[slot]);
            }
        }
    }

    [Fact]
    public void Values_come_back_in_slot_order()
    {
        foreach (EdgeLayout layout in Layouts.All(outputs: 37, inputs: 18))
        {
            foreach (Device device in Agreement.All)
            {
                using var bench = new Workbench(device);
                DeviceEdges edges = bench.Filters(layout);
                DeviceBuffer storage = bench.Output(edges);
                double[] slots = [.. Enumerable.Range(0, layout.SlotCount).Select(slot => slot + 1.0)];
                edges.Write(slots, storage);
                Assert.Equal(slots.Select((value, slot) => layout.IsKept(slot) ? value : 0), Workbench.Read(edges, storage));
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Results_do_not_depend_on_the_number_of_threads_and_nothing_is_allocated(int height)
    {
        var shape = new Conv2dShape(new ImageShape(9, 12, 12), 15, 3, 1, 1);
        const int Batch = 69;
        double[] alone = Train(1);
        for (int threads = 2; threads <= 4; threads++)
            Assert.Equal(alone, Train(threads));

        double[] Train(int threads)
        {
            using var bench = new Workbench(new CpuDevice(threads), Batch);
            DeviceEdges edges = bench.Filters(Partition(shape, height));
            DeviceBuffer w = bench.Weights(edges), b = bench.Buffer(bench.Values(shape.Filters));
            DeviceBuffer dw = bench.Output(edges), db = bench.OutputBuffer(shape.Filters);
            Activations x = bench.Input(shape.Input.Count, Batch), dz = bench.Input(shape.Output.Count, Batch);
            Activations y = bench.Output(shape.Output.Count), dx = bench.Output(shape.Input.Count);
            void Step()
            {
                bench.Kernels.EdgeConv2dForward(shape, edges, w, b, ActivationFunction.Relu, x, null, y, Batch);
                bench.Kernels.EdgeConv2dInputGradient(shape, edges, w, dz, dx, Batch);
                bench.Kernels.EdgeConv2dWeightGradient(shape, edges, x, dz, dw, db, Batch);
            }

            Assert.Equal(0, Allocations.Fewest(Step));
            return [.. Workbench.Read(y, Batch), .. Workbench.Read(dx, Batch), .. Workbench.Read(edges, dw), .. Workbench.Read(db)];
        }
    }

    private static void CheckAll(Conv2dShape shape, EdgeLayout layout, int batch)
    {
        int capacity = Sizes.Capacities(batch)[(shape.FanIn + batch) % 2];
        Agreement.Check(Describe(shape, layout, batch, capacity), capacity, bench =>
        {
            Activations x = bench.Input(shape.Input.Count, batch), dz = bench.Input(shape.Output.Count, batch);
            return Run(bench, shape, layout, x, dz, batch % 2 == 0 ? ActivationFunction.Tanh : ActivationFunction.Relu, batch);
        }, scale: Math.Sqrt(shape.FanIn + shape.Filters) + Math.Sqrt(batch), hasBodies: true);
    }

    /// <summary>Every kernel once, and the forward one again without weighted sums of its own.</summary>
    private static double[] Run(
        Workbench bench, Conv2dShape shape, EdgeLayout layout, Activations x, Activations dz, ActivationFunction function, int batch)
    {
        DeviceEdges edges = bench.Filters(layout);
        DeviceBuffer w = bench.Weights(edges), b = bench.Buffer(bench.Values(shape.Filters));
        DeviceBuffer dw = bench.Output(edges), db = bench.OutputBuffer(shape.Filters);
        Activations y = bench.Output(shape.Output.Count), z = bench.Output(shape.Output.Count), dx = bench.Output(shape.Input.Count);
        Activations inPlace = bench.Output(shape.Output.Count);
        bench.Kernels.EdgeConv2dForward(shape, edges, w, b, function, x, z, y, batch);
        bench.Kernels.EdgeConv2dForward(shape, edges, w, b, function, x, null, inPlace, batch);
        bench.Kernels.EdgeConv2dInputGradient(shape, edges, w, dz, dx, batch);
        bench.Kernels.EdgeConv2dWeightGradient(shape, edges, x, dz, dw, db, batch);
        return
        [
            .. Workbench.Read(z, batch), .. Workbench.Read(y, batch), .. Workbench.Read(inPlace, batch), .. Workbench.Read(dx, batch),
            .. Workbench.Read(edges, dw), .. Workbench.Read(db),
        ];
    }

    /// <summary>Filters in blocks of one height, each of which reads a random third of the window; now and then nothing.</summary>
    private static EdgeLayout Partition(Conv2dShape shape, int height)
    {
        var random = new RandomStream(height, RandomPurpose.Synthesis, shape.FanIn);
        int[] filters = random.Permutation(shape.Filters);
        var blocks = new List<(int[] Rows, int[] Columns)>();
        for (int first = 0; first < filters.Length; first += height)
        {
            int[] columns = random.Permutation(shape.FanIn)[..(blocks.Count == 2 ? 0 : (shape.FanIn + 2) / 3)];
            Array.Sort(columns);
            blocks.Add((filters[first..Math.Min(filters.Length, first + height)], columns));
        }

        return EdgeLayout.OfBlocks(height == 1 ? EdgeStructure.OwnPartition : EdgeStructure.SharedBlocks, shape.Filters, shape.FanIn, blocks);
    }

    private static string Describe(Conv2dShape shape, EdgeLayout layout, int batch, int capacity) =>
        $"{layout.Structure} with {layout.EdgeCount} edges in {layout.BlockCount} blocks, {shape.Input} → {shape.Output}, {shape.Window}, "
        + $"batch {batch} of {capacity}";
}
