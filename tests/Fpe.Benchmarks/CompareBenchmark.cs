using Fpe.Benchmarks.Peers;
using Fpe.Benchmarks.Reports;
using Fpe.Benchmarks.Timing;
using Fpe.Benchmarks.Workloads;

namespace Fpe.Benchmarks;

/// <summary>Our layer and network steps against PyTorch's, and our dense products against OpenBLAS's, on one thread.</summary>
internal static class CompareBenchmark
{
    private const int Share = 32;

    /// <summary>Measures shape by shape.</summary>
    /// <exception cref="BenchmarkException">PyTorch or OpenBLAS is not installed.</exception>
    public static IEnumerable<Table> Run(bool quick)
    {
        Comparison comparison = Comparison.Of(quick);
        OpenBlas.Load();
        using var torch = PyTorch.Start();
        yield return Steps(torch, comparison, quick ? WorkloadShape.Standard : Shapes);
        yield return Networks(torch, comparison, quick ? WorkloadShape.Standard : Shapes);
        yield return Products(comparison);
    }

    private static IReadOnlyList<WorkloadShape> Shapes =>
        [.. WorkloadShape.Standard, new(784, 256, 8, 128), new(784, 256, 4, 1), new(784, 256, 4, 32), new(784, 256, 4, 512), new(784, 64, 4, 128)];

    private static Table Steps(PyTorch torch, Comparison comparison, IReadOnlyList<WorkloadShape> shapes)
    {
        var table = new Table(
            $"Layer step (forward, dX, dW, Adam), one thread: PyTorch's time over ours with Share = {Share}",
            new("inputs"), new("parents"), new("factor"), new("batch"), new("ours µs", "0"),
            new("our dense parent"), new("PyTorch dense parent"), new("PyTorch masked"), new("PyTorch index_select + bmm"),
            new("PyTorch masked over own, balanced"));
        foreach (WorkloadShape shape in shapes)
        {
            using var shared = new LayerWorkload(shape, Wiring.Shared(Share).LayoutOf(shape));
            using var dense = new LayerWorkload(shape, Wiring.Dense.LayoutOf(shape));
            using var own = new LayerWorkload(shape, Wiring.OwnBalanced.LayoutOf(shape));
            using PyTorch.Work torchDense = torch.Layer("dense", shape, Share);
            using PyTorch.Work torchMasked = torch.Layer("masked", shape, Share);
            using PyTorch.Work torchBlocks = torch.Layer("blocks", shape, Share);

            RoundTimes[] times = comparison.Time(
                new LocalWork(shared.Step), torchDense, new LocalWork(dense.Step), torchMasked, new LocalWork(own.Step), torchBlocks);
            table.Add(
                shape.Inputs, shape.Parents, shape.Factor, shape.Batch, times[0].Median * 1e6,
                times[2].Over(times[0]), times[1].Over(times[0]), times[3].Over(times[0]), times[5].Over(times[0]), times[3].Over(times[4]));
        }

        return table;
    }

    private static Table Networks(PyTorch torch, Comparison comparison, IReadOnlyList<WorkloadShape> shapes)
    {
        var table = new Table(
            "Network step (the layer and ten classes, pruned; batch gathered, loss, Adam), one thread: time over ours with the default declaration",
            new("inputs"), new("parents"), new("factor"), new("batch"), new("edges"), new("ours µs", "0"),
            new("our dense parent"), new("PyTorch dense parent"));
        foreach (WorkloadShape shape in shapes)
        {
            Wiring wiring = Wiring.DefaultOf(shape);
            using var ours = new StepWorkload(shape, wiring);
            using var dense = new StepWorkload(shape, Wiring.Dense);
            using PyTorch.Work torchDense = torch.Network(shape);

            RoundTimes[] times = comparison.Time(new LocalWork(ours.Step), torchDense, new LocalWork(dense.Step));
            table.Add(
                shape.Inputs, shape.Parents, shape.Factor, shape.Batch, wiring.Name, times[0].Median * 1e6,
                times[2].Over(times[0]), times[1].Over(times[0]));
        }

        return table;
    }

    private static Table Products(Comparison comparison)
    {
        var table = new Table(
            "Dense products, one thread: fraction of the peak of multiply-adds, and OpenBLAS's time over ours",
            new("inputs"), new("outputs"), new("batch"), new("product"), new("ours"), new("OpenBLAS"), new("OpenBLAS / ours"),
            new("ours, best round"), new("OpenBLAS, best round"));
        foreach (WorkloadShape shape in WorkloadShape.Standard.DistinctBy(shape => (shape.Inputs, shape.Parents, shape.Batch)))
        {
            (int inputs, int outputs, int batch) = (shape.Inputs, shape.Parents, shape.Batch);
            using var layer = new LayerWorkload(shape, Wiring.Dense.LayoutOf(shape));
            float[] x = Filled(batch * inputs), w = Filled(outputs * inputs), y = Filled(batch * outputs);

            Add("forward", layer.Product, () => OpenBlas.MultiplyByTransposed(x, w, y, batch, outputs, inputs));
            Add("dX", layer.ProductInputGradient, () => OpenBlas.Multiply(y, w, x, batch, inputs, outputs));
            Add("dW", layer.WeightGradient, () => OpenBlas.MultiplyTransposed(y, x, w, outputs, inputs, batch));

            void Add(string product, Action ours, Action theirs)
            {
                var peak = FmaPeak.Widest();
                RoundTimes[] times = comparison.Time(new LocalWork(ours), new LocalWork(theirs), peak);
                double fraction = shape.Operations / peak.Operations;
                table.Add(
                    inputs, outputs, batch, product,
                    fraction / times[0].Over(times[2]), fraction / times[1].Over(times[2]), times[1].Over(times[0]),
                    fraction * times[2].Best / times[0].Best, fraction * times[2].Best / times[1].Best);
            }
        }

        return table;
    }

    private static float[] Filled(int length)
    {
        var values = new float[length];
        Array.Fill(values, 1e-3f);
        return values;
    }
}
