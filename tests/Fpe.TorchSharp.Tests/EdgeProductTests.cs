using Fpe.Compute;
using Fpe.Runtime.Tests.Compute;
using Fpe.Torch.Compute;
using TorchSharp;
using static TorchSharp.torch;

namespace Fpe.Torch.Tests;

/// <summary>Both forms of a layer's products give what the reference gives, whichever of them the device would choose.</summary>
public class EdgeProductTests
{
    private const int Batch = 5;

    private static readonly int[] Outputs = [1, 7, 33];

    private static readonly TorchDevice Cpu = TorchDevice.Cpu(ElementType.Float64);

    [Fact]
    public void Both_forms_agree_with_the_reference()
    {
        foreach (EdgeLayout layout in Outputs.SelectMany(outputs => Layouts.All(outputs, inputs: 20)).Where(layout => !layout.HasHoles))
        {
            double[] expected = Reference(layout);
            using var matrix = new MatrixProduct(Cpu, layout);
            using var blocks = new BlockProduct(Cpu, layout);
            foreach (EdgeProduct product in new EdgeProduct[] { matrix, blocks })
                Assert.Equal(expected, Torch(layout, product), (a, b) => Math.Abs(a - b) < 1e-12);
        }
    }

    [Theory]
    [InlineData(32, 8, true)]
    [InlineData(32, 4, true)]
    [InlineData(4, 4, false)]
    [InlineData(1, 8, false)]
    public void High_blocks_of_few_columns_are_gathered(int rows, int children, bool gathered)
    {
        const int Inputs = 256;
        int columns = Inputs / children;
        EdgeLayout layout = EdgeLayout.OfBlocks(EdgeStructure.SharedBlocks, rows * children, Inputs,
        [
            .. Enumerable.Range(0, children).Select(child =>
                (Enumerable.Range(child * rows, rows).ToArray(), Enumerable.Range(child * columns, columns).ToArray())),
        ]);
        using EdgeProduct product = EdgeProduct.For(Cpu, layout);
        Assert.Equal(gathered, product is BlockProduct);
    }

    /// <summary>Sums, gradient by the inputs and gradient by the weights in slot order.</summary>
    private static double[] Reference(EdgeLayout layout)
    {
        using var bench = new Workbench(new Fpe.Research.Reference.ReferenceDevice(ElementType.Float64), Batch);
        DeviceEdges edges = bench.Edges(layout);
        DeviceBuffer weights = bench.Weights(edges), gradient = bench.Output(edges);
        Activations x = bench.Input(layout.InputCount, Batch), dz = bench.Input(layout.OutputCount, Batch);
        Activations y = bench.Output(layout.OutputCount), dx = bench.Output(layout.InputCount);
        DeviceBuffer zero = bench.Buffer(new float[layout.OutputCount]), biasGradient = bench.OutputBuffer(layout.OutputCount);
        bench.Kernels.EdgeForward(edges, weights, zero, ActivationFunction.Identity, x, null, y, Batch);
        bench.Kernels.EdgeInputGradient(edges, weights, ActivationFunction.Identity, null, y, dz, dx, Batch);
        bench.Kernels.EdgeWeightGradient(edges, ActivationFunction.Identity, x, null, y, dz, gradient, biasGradient, Batch);
        return [.. Workbench.Read(y, Batch), .. Workbench.Read(dx, Batch), .. Workbench.Read(edges, gradient)];
    }

    private static double[] Torch(EdgeLayout layout, EdgeProduct product)
    {
        // The same calls as above give the same numbers.
        using DisposeScope scope = NewDisposeScope();
        using var bench = new Workbench(Cpu, Batch);
        double[] slots = Array.ConvertAll(bench.Values(layout.SlotCount), value => (double)value);
        Tensor x = Rows(bench, layout.InputCount), dz = Rows(bench, layout.OutputCount);
        long[] elements = product.Elements(layout);
        var stored = new double[slots.Length];
        for (int slot = 0; slot < slots.Length; slot++)
            stored[elements[slot]] = slots[slot];

        Tensor weights = tensor(stored), gradient = full(slots.Length, double.NaN, float64);
        Tensor sums = zeros(layout.OutputCount, Batch, float64), dx = full(layout.InputCount, Batch, double.NaN, float64);
        product.AddForward(weights, x, sums);
        product.InputGradient(weights, dz, dx);
        product.WeightGradient(x, dz, gradient);
        double[] stores = gradient.data<double>().ToArray();
        return [.. Samples(sums), .. Samples(dx), .. elements.Select(element => stores[element])];
    }

    private static Tensor Rows(Workbench bench, int features) =>
        tensor(bench.Values(features * Batch)).to(float64).view(Batch, features).t().contiguous();

    private static double[] Samples(Tensor values) => values.t().contiguous().data<double>().ToArray();
}
