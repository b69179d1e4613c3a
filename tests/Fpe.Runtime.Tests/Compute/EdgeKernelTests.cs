using System.Collections;
using Fpe.Compute;
using Fpe.Numerics;

namespace Fpe.Runtime.Tests.Compute;

public class EdgeKernelTests
{
    public static TheoryData<int> Outputs => [.. Sizes.Features];

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Forward_agrees_with_the_reference(int outputs) => ForAll(outputs, (layout, batch, capacity) =>
        Agreement.Check(Describe("forward", layout, batch, capacity), capacity, bench =>
        {
            DeviceEdges edges = bench.Edges(layout);
            DeviceBuffer bias = bench.Buffer(bench.Values(outputs));
            Activations x = bench.Input(layout.InputCount, batch), z = bench.Output(outputs), y = bench.Output(outputs);
            Activations inPlace = bench.Output(outputs);
            DeviceBuffer weights = bench.Weights(edges);
            bench.Kernels.EdgeForward(edges, weights, bias, ActivationFunction.Tanh, x, z, y, batch);
            bench.Kernels.EdgeForward(edges, weights, bias, ActivationFunction.Identity, x, null, inPlace, batch);
            return [.. Workbench.Read(z, batch), .. Workbench.Read(y, batch), .. Workbench.Read(inPlace, batch)];
        }));

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Input_gradient_agrees_with_the_reference(int outputs) => ForAll(outputs, (layout, batch, capacity) =>
        Agreement.Check(Describe("input gradient", layout, batch, capacity), capacity, bench =>
        {
            DeviceEdges edges = bench.Edges(layout);
            ActivationFunction function = FunctionOf(layout, batch);
            Activations z = bench.Input(outputs, batch), y = bench.Input(outputs, batch), dy = bench.Input(outputs, batch);
            Activations dx = bench.Output(layout.InputCount);
            bench.Kernels.EdgeInputGradient(
                edges, bench.Weights(edges), function, function.NeedsWeightedSums() ? z : null, y, dy, dx, batch);
            return [.. Workbench.Read(dy, batch), .. Workbench.Read(dx, batch)];
        }));

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Weight_gradient_agrees_with_the_reference(int outputs) => ForAll(outputs, (layout, batch, capacity) =>
        Agreement.Check(Describe("weight gradient", layout, batch, capacity), capacity, bench =>
        {
            DeviceEdges edges = bench.Edges(layout);
            ActivationFunction function = FunctionOf(layout, batch);
            Activations x = bench.Input(layout.InputCount, batch);
            Activations z = bench.Input(outputs, batch), y = bench.Input(outputs, batch), dy = bench.Input(outputs, batch);
            DeviceBuffer dw = bench.Output(edges), db = bench.OutputBuffer(outputs);
            bench.Kernels.EdgeWeightGradient(
                edges, function, x, function.NeedsWeightedSums() ? z : null, y, dy, dw, db, batch);
            return [.. Workbench.Read(edges, dw), .. Workbench.Read(db)];
        }));

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Weight_gradient_through_a_reader_agrees_with_the_reference(int outputs) => ForAll(outputs, (layout, batch, capacity) =>
    {
        EdgeLayout readerLayout = ReaderOf(layout, batch);
        string description = Describe($"weight gradient through {readerLayout.OutputCount} {readerLayout.Structure} outputs", layout, batch, capacity);
        Agreement.Check(description, capacity, bench =>
        {
            DeviceEdges edges = bench.Edges(layout), readerEdges = bench.Edges(readerLayout);
            ActivationFunction function = FunctionOf(layout, batch);
            Activations x = bench.Input(layout.InputCount, batch);
            Activations z = bench.Input(outputs, batch), y = bench.Input(outputs, batch), dy = bench.Output(outputs);
            Activations output = bench.Input(readerLayout.OutputCount, batch), gradient = bench.Input(readerLayout.OutputCount, batch);
            DeviceBuffer dw = bench.Output(edges), db = bench.OutputBuffer(outputs);
            var reader = new EdgeReader(readerEdges, bench.Weights(readerEdges), output, gradient);
            bench.Kernels.EdgeWeightGradientThrough(
                reader, edges, function, x, function.NeedsWeightedSums() ? z : null, y, dy, dw, db, batch);
            return [.. Workbench.Read(edges, dw), .. Workbench.Read(db), .. Workbench.Read(gradient, batch)];
        }, scale: 20, hasBodies: true);
    });

    [Theory]
    [InlineData(EdgeStructure.Dense, 150, 300, 70)]
    [InlineData(EdgeStructure.OwnPartition, 150, 300, 70)]
    [InlineData(EdgeStructure.SharedBlocks, 150, 300, 70)]
    [InlineData(EdgeStructure.Dense, 200, 320, 290)]
    [InlineData(EdgeStructure.OwnPartition, 200, 320, 290)]
    [InlineData(EdgeStructure.SharedBlocks, 200, 640, 290)]
    [InlineData(EdgeStructure.Dense, 1030, 1050, 70)]
    [InlineData(EdgeStructure.Dense, 2, 130, 290)]
    [InlineData(EdgeStructure.Dense, 5, 131, 290)]
    [InlineData(EdgeStructure.Dense, 9, 133, 37)]
    [InlineData(EdgeStructure.Dense, 10, 1023, 290)]
    [InlineData(EdgeStructure.Dense, 11, 130, 290)]
    [InlineData(EdgeStructure.SharedBlocks, 200, 320, 1)]
    [InlineData(EdgeStructure.SharedBlocks, 200, 320, 2)]
    [InlineData(EdgeStructure.SharedBlocks, 200, 320, 5)]
    [InlineData(EdgeStructure.OwnPartition, 200, 320, 1)]
    [InlineData(EdgeStructure.OwnPartition, 200, 320, 2)]
    [InlineData(EdgeStructure.OwnPartition, 200, 320, 5)]
    public void Layers_larger_than_every_cache_block_agree(EdgeStructure structure, int outputs, int inputs, int batch)
    {
        var blocks = new List<(int[] Rows, int[] Columns)>();
        int height = structure switch { EdgeStructure.Dense => outputs, EdgeStructure.SharedBlocks => 25, _ => 1 };
        for (int first = 0; first < outputs; first += height)
        {
            int start = first;
            var columns = Enumerable.Range(0, inputs).Where(column => height == outputs || (column + start / height) % 3 != 0);
            blocks.Add(([.. Enumerable.Range(first, height)], [.. columns]));
        }

        EdgeLayout layout = EdgeLayout.OfBlocks(structure, outputs, inputs, blocks);
        Agreement.Check($"{structure}", batch, bench =>
        {
            DeviceEdges edges = bench.Edges(layout);
            DeviceBuffer weights = bench.Weights(edges), bias = bench.Buffer(bench.Values(outputs));
            DeviceBuffer dw = bench.Output(edges), db = bench.OutputBuffer(outputs);
            Activations x = bench.Input(inputs, batch), y = bench.Output(outputs);
            Activations dx = bench.Output(inputs), dy = bench.Input(outputs, batch);
            bench.Kernels.EdgeForward(edges, weights, bias, ActivationFunction.Relu, x, null, y, batch);
            bench.Kernels.EdgeInputGradient(edges, weights, ActivationFunction.Relu, null, y, dy, dx, batch);
            bench.Kernels.EdgeWeightGradient(edges, ActivationFunction.Relu, x, null, y, dy, dw, db, batch);
            double[] gradient = [.. Workbench.Read(edges, dw), .. Workbench.Read(db)];

            DeviceEdges readerEdges = bench.Edges(EdgeLayout.Dense(10, outputs));
            var reader = new EdgeReader(readerEdges, bench.Weights(readerEdges), bench.Input(10, batch), bench.Input(10, batch));
            bench.Kernels.EdgeWeightGradientThrough(reader, edges, ActivationFunction.Relu, x, null, y, dy, dw, db, batch);
            return
            [
                .. Workbench.Read(y, batch), .. Workbench.Read(dx, batch), .. gradient, .. Workbench.Read(edges, dw), .. Workbench.Read(db),
            ];
        }, scale: 20);
    }

    /// <summary>A thread computes up to 64 rows of a block, and clears their holes.</summary>
    [Theory]
    [InlineData(70, 37)]
    [InlineData(150, 290)]
    public void Holes_of_many_rows_have_no_gradient(int outputs, int batch)
    {
        foreach (EdgeLayout layout in Layouts.All(outputs, 33).Where(layout => layout.HasHoles))
        {
            Agreement.Check(Describe("weight gradient", layout, batch, batch), batch, bench =>
            {
                DeviceEdges edges = bench.Edges(layout);
                Activations x = bench.Input(layout.InputCount, batch), y = bench.Input(outputs, batch), dy = bench.Input(outputs, batch);
                DeviceBuffer dw = bench.Output(edges), db = bench.OutputBuffer(outputs);
                bench.Kernels.EdgeWeightGradient(edges, ActivationFunction.Identity, x, null, y, dy, dw, db, batch);
                return [.. Workbench.Read(edges, dw), .. Workbench.Read(db)];
            }, scale: 20);
        }
    }

    /// <summary>Neurons with children of their own: whole, with gaps, and with a neuron too few or too many for a vector.</summary>
    [Theory]
    [InlineData(16, 2, 200, 0)]
    [InlineData(16, 4, 130, 0)]
    [InlineData(8, 4, 64, 0)]
    [InlineData(16, 8, 300, 0)]
    [InlineData(37, 3, 70, 0)]
    [InlineData(15, 4, 130, 7)]
    [InlineData(33, 2, 90, 5)]
    [InlineData(16, 8, 300, 20)]
    [InlineData(7, 8, 65, 0)]
    [InlineData(5, 11, 140, 9)]
    [InlineData(40, 1, 70, 3)]
    public void Children_of_neurons_agree(int neurons, int children, int inputs, int gap)
    {
        // gap: one of so many edges is pruned; 0 for none
        var random = new RandomStream(neurons, RandomPurpose.Synthesis, inputs);
        var blocks = new List<(int[] Rows, int[] Columns)>();
        for (int neuron = 0; neuron < neurons; neuron++)
        {
            int[] readers = [.. Enumerable.Range(0, inputs).Select(_ => gap > 0 && random.NextInt32(gap) == 0 ? -1 : random.NextInt32(children))];
            for (int child = 0; child < children; child++)
                blocks.Add(([neuron * children + child], [.. Enumerable.Range(0, inputs).Where(column => readers[column] == child)]));
        }

        int outputs = neurons * children;
        EdgeLayout layout = EdgeLayout.OfBlocks(EdgeStructure.OwnPartition, outputs, inputs, blocks);
        foreach (int batch in new[] { 1, 2, 3, 4, 5, 8, 9 })
        {
            Agreement.Check(Describe("all", layout, batch, 9), 9, bench =>
            {
                DeviceEdges edges = bench.Edges(layout);
                DeviceBuffer weights = bench.Weights(edges), bias = bench.Buffer(bench.Values(outputs));
                DeviceBuffer dw = bench.Output(edges), db = bench.OutputBuffer(outputs);
                Activations x = bench.Input(inputs, batch), y = bench.Output(outputs);
                Activations dx = bench.Output(inputs), dy = bench.Input(outputs, batch);
                bench.Kernels.EdgeForward(edges, weights, bias, ActivationFunction.Relu, x, null, y, batch);
                bench.Kernels.EdgeInputGradient(edges, weights, ActivationFunction.Relu, null, y, dy, dx, batch);
                bench.Kernels.EdgeWeightGradient(edges, ActivationFunction.Identity, x, null, y, dy, dw, db, batch);
                return
                [
                    .. Workbench.Read(y, batch), .. Workbench.Read(dy, batch), .. Workbench.Read(dx, batch),
                    .. Workbench.Read(edges, dw), .. Workbench.Read(dw).Order(), .. Workbench.Read(db),
                ];
            }, scale: 20);
        }
    }

    /// <summary>A number that is not finite reaches the children that read it, and their siblings' gradients of its column, only.</summary>
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Unusual_numbers_reach_no_siblings(float unusual)
    {
        const int Neurons = 16, Children = 4, Inputs = 64;
        var blocks = Enumerable.Range(0, Neurons * Children).Select(row =>
            (new[] { row }, Enumerable.Range(0, Inputs).Where(column => (column + row) % (Children + row / 40) == 0).ToArray())).ToList();
        EdgeLayout layout = EdgeLayout.OfBlocks(EdgeStructure.OwnPartition, Neurons * Children, Inputs, blocks);
        foreach (int batch in new[] { 1, 2, 3 })
        {
            Agreement.Check(Describe($"with {unusual}", layout, batch, 4), 4, bench =>
            {
                DeviceEdges edges = bench.Edges(layout);
                DeviceBuffer weights = bench.Weights(edges), bias = bench.Buffer(bench.Values(Neurons * Children));
                DeviceBuffer dw = bench.Output(edges), db = bench.OutputBuffer(Neurons * Children);
                var input = bench.Values(Inputs * batch);
                var gradient = bench.Values(Neurons * Children * batch);
                input[Inputs * (batch - 1) + 2] = gradient[3] = unusual;
                Activations x = bench.Input(Inputs, input), dz = bench.Input(Neurons * Children, gradient);
                Activations y = bench.Output(Neurons * Children), dx = bench.Output(Inputs);
                bench.Kernels.EdgeForward(edges, weights, bias, ActivationFunction.Relu, x, null, y, batch);
                bench.Kernels.EdgeInputGradient(edges, weights, ActivationFunction.Identity, null, y, dz, dx, batch);
                bench.Kernels.EdgeWeightGradient(edges, ActivationFunction.Identity, x, null, y, dz, dw, db, batch);
                return [.. Workbench.Read(y, batch), .. Workbench.Read(dx, batch), .. Workbench.Read(edges, dw), .. Workbench.Read(db)];
            }, maySpread: true);
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(1e-42f)]
    [InlineData(1e38f)]
    public void Unusual_numbers_reach_the_same_outputs(float unusual)
    {
        foreach (EdgeLayout layout in Layouts.All(outputs: 17, inputs: 9).Where(layout => !layout.HasHoles))
            foreach (int batch in new[] { 1, 2, 5, 19 })
            {
                Agreement.Check(Describe($"with {unusual}", layout, batch, 40), 40, bench =>
                {
                    DeviceEdges edges = bench.Edges(layout);
                    DeviceBuffer weights = bench.Weights(edges), bias = bench.Buffer(bench.Values(17));
                    DeviceBuffer dw = bench.Output(edges), db = bench.OutputBuffer(17);
                    var input = bench.Values(9 * batch);
                    var gradient = bench.Values(17 * batch);
                    input[9 * (batch / 4) + 2] = gradient[17 * (batch - 1) + 3] = unusual;
                    Activations x = bench.Input(9, input), dz = bench.Input(17, gradient);
                    Activations y = bench.Output(17), dx = bench.Output(9);
                    bench.Kernels.EdgeForward(edges, weights, bias, ActivationFunction.Relu, x, null, y, batch);
                    bench.Kernels.EdgeInputGradient(edges, weights, ActivationFunction.Identity, null, y, dz, dx, batch);
                    bench.Kernels.EdgeWeightGradient(edges, ActivationFunction.Identity, x, null, y, dz, dw, db, batch);
                    return [.. Workbench.Read(y, batch), .. Workbench.Read(dx, batch), .. Workbench.Read(edges, dw), .. Workbench.Read(db)];
                }, maySpread: true);
            }
    }

    [Fact]
    public void Rows_of_a_block_lie_in_any_order()
    {
        int[] ends = [0, .. Enumerable.Range(1, 14).Reverse(), 15, 16], ascending = [.. Enumerable.Range(17, 18)];
        EdgeLayout layout = EdgeLayout.OfBlocks(EdgeStructure.SharedBlocks, 35, 9, [(ends, [1, 4, 5]), (ascending, [0, 2, 3, 6, 7])]);
        foreach (int batch in new[] { 1, 2, 3, 8, 9 })
        {
            Agreement.Check(Describe("forward", layout, batch, 9), 9, bench =>
            {
                DeviceEdges edges = bench.Edges(layout);
                DeviceBuffer weights = bench.Weights(edges), bias = bench.Buffer(bench.Values(35));
                Activations x = bench.Input(9, batch), y = bench.Output(35);
                bench.Kernels.EdgeForward(edges, weights, bias, ActivationFunction.Relu, x, null, y, batch);
                return Workbench.Read(y, batch);
            });
        }
    }

    [Fact]
    public void Holes_stay_exactly_0_whatever_comes_in()
    {
        EdgeLayout dense = EdgeLayout.Dense(5, 7);
        var kept = new BitArray(dense.SlotCount, defaultValue: true);
        kept[0] = kept[8] = kept[33] = false;
        EdgeLayout layout = dense.WithHoles(kept);
        foreach (Device device in Agreement.All)
        {
            using var bench = new Workbench(device, capacity: 3);
            DeviceEdges edges = bench.Edges(layout);
            Activations x = bench.Input(7, [.. Enumerable.Repeat(float.NaN, 21)]);
            Activations y = bench.Input(5, 3), dy = bench.Input(5, [.. Enumerable.Repeat(float.PositiveInfinity, 15)]);
            DeviceBuffer dw = bench.Output(edges), db = bench.OutputBuffer(5), weights = bench.Output(edges);
            bench.Kernels.EdgeWeightGradient(edges, ActivationFunction.Identity, x, null, y, dy, dw, db, 3);
            edges.Write([.. Enumerable.Repeat(double.NaN, layout.SlotCount)], weights);

            Assert.Equal(3, Workbench.Read(dw).Count(value => value == 0));
            Assert.Equal(3, Workbench.Read(weights).Count(value => value == 0));
            var slots = Workbench.Read(edges, dw);
            for (int slot = 0; slot < slots.Length; slot++)
                Assert.Equal(layout.IsKept(slot) ? double.NaN : 0, slots[slot]);
        }
    }

    [Fact]
    public void Values_come_back_in_slot_order()
    {
        foreach (EdgeLayout layout in Layouts.All(outputs: 37, inputs: 5))
        {
            foreach (Device device in Agreement.All)
            {
                using var bench = new Workbench(device);
                DeviceEdges edges = bench.Edges(layout);
                DeviceBuffer storage = bench.Output(edges);
                var slots = Enumerable.Range(0, layout.SlotCount).Select(slot => slot + 1.0).ToArray();
                edges.Write(slots, storage);
                Assert.Equal(slots.Select((value, slot) => layout.IsKept(slot) ? value : 0), Workbench.Read(edges, storage));
            }
        }
    }

    private static void ForAll(int outputs, Action<EdgeLayout, int, int> check)
    {
        foreach (int inputs in Sizes.Features)
        {
            foreach (EdgeLayout layout in Layouts.All(outputs, inputs))
            {
                foreach (int batch in Sizes.Batches)
                    check(layout, batch, Sizes.Capacities(batch)[(inputs + batch) % 2]);
            }
        }
    }

    /// <summary>All of them, in turn.</summary>
    private static ActivationFunction FunctionOf(EdgeLayout layout, int batch) =>
        (ActivationFunction)((layout.InputCount + batch) % Enum.GetValues<ActivationFunction>().Length);

    /// <summary>
    /// Layers that read the outputs of another, in turn: dense, with holes, of one and of several groups of outputs, and of more than are
    /// read through; blocks and single rows.
    /// </summary>
    private static EdgeLayout ReaderOf(EdgeLayout layout, int batch)
    {
        int width = layout.OutputCount;
        int[] outputs = [10, 17, 1, 64, 65, 3];
        EdgeLayout[] all = [.. outputs.SelectMany(count => Layouts.All(count, width).Take(2)), .. Layouts.All(9, width).Skip(2)];
        return all[(layout.InputCount + batch) % all.Length];
    }

    private static string Describe(string kernel, EdgeLayout layout, int batch, int capacity) =>
        $"{kernel} of {layout.Structure} {layout.InputCount} → {layout.OutputCount}, {layout.EdgeCount} of {layout.SlotCount} slots, "
        + $"batch {batch} of {capacity}";
}
