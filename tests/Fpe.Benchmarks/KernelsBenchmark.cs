using Fpe.Benchmarks.Reports;
using Fpe.Benchmarks.Timing;
using Fpe.Benchmarks.Workloads;

namespace Fpe.Benchmarks;

/// <summary>
/// Every kernel of a layer, a whole step of the layer, and a whole step of a network, for each wiring of its edges: as a ratio
/// over the dense parent, and as a fraction of what the core can do at all.
/// </summary>
internal static class KernelsBenchmark
{
    private const int ProductsOfStep = 3;

    private static readonly WorkloadShape[] QuickShapes = [.. WorkloadShape.Standard, new(784, 64, 4, 32), new(64, 4, 4, 32)];

    /// <summary>Measures shape by shape.</summary>
    public static IEnumerable<Table> Run(bool quick)
    {
        Comparison comparison = Comparison.Of(quick);
        yield return Peaks(comparison);

        Table ratios = new(
            "One thread, time over the dense parent's; layer step = forward + dX + dW + Adam; network step = the layer and ten classes, pruned",
            [
                .. ShapeColumns, new("forward"), new("dX"), new("dW"), new("Adam"),
                new("layer step"), new("layer step µs", "0.0"), new("network step"), new("network step µs", "0.0"),
            ]);
        Table fractions = new(
            "Fraction of the peak of multiply-adds, measured in the same rounds",
            [.. ShapeColumns, new("forward"), new("dX"), new("dW"), new("layer step")]);
        foreach (WorkloadShape shape in quick ? QuickShapes : WorkloadShape.All)
            Measure(shape, comparison, ratios, fractions);
        yield return ratios;
        yield return fractions;
    }

    private static Column[] ShapeColumns => [new("inputs"), new("parents"), new("factor"), new("batch"), new("edges")];

    private static Table Peaks(Comparison comparison)
    {
        FmaPeak[] loops = [.. FmaPeak.Widths.Select(bits => new FmaPeak(bits))];
        var table = new Table("Peak of multiply-adds on registers, GFLOP/s", new("bits"), new("median", "0.0"), new("best", "0.0"));
        foreach ((FmaPeak loop, RoundTimes times) in loops.Zip(comparison.Time(loops)))
            table.Add(loop.Bits, loop.Operations / times.Median / 1e9, loop.Operations / times.Best / 1e9);
        return table;
    }

    private static void Measure(WorkloadShape shape, Comparison comparison, Table ratios, Table fractions)
    {
        Wiring[] wirings = [.. Wiring.All.Where(wiring => wiring.Suits(shape))];
        LayerWorkload[] layers = [.. wirings.Select(wiring => new LayerWorkload(shape, wiring.LayoutOf(shape)))];
        StepWorkload[] networks = [.. wirings.Select(wiring => new StepWorkload(shape, wiring))];

        var forward = new KernelTimes(comparison, layers.Select(layer => (Action)layer.Forward));
        var inputGradient = new KernelTimes(comparison, layers.Select(layer => (Action)layer.InputGradient));
        var weightGradient = new KernelTimes(comparison, layers.Select(layer => (Action)layer.WeightGradient));
        var update = new KernelTimes(comparison, layers.Select(layer => (Action)layer.Update));
        var layerStep = new KernelTimes(comparison, layers.Select(layer => (Action)layer.Step));
        var networkStep = new KernelTimes(comparison, networks.Select(network => (Action)network.Step));

        for (int w = 0; w < wirings.Length; w++)
        {
            object?[] head = [shape.Inputs, shape.Parents, shape.Factor, shape.Batch, wirings[w].Name];
            ratios.Add([
                .. head, forward.Ratio(w), inputGradient.Ratio(w), weightGradient.Ratio(w), update.Ratio(w),
                layerStep.Ratio(w), layerStep.Microseconds(w), networkStep.Ratio(w), networkStep.Microseconds(w),
            ]);
            double product = shape.Operations;
            fractions.Add([
                .. head, forward.Fraction(w, product), inputGradient.Fraction(w, product), weightGradient.Fraction(w, product),
                layerStep.Fraction(w, ProductsOfStep * product),
            ]);
        }

        foreach (IDisposable workload in layers.Concat<IDisposable>(networks))
            workload.Dispose();
    }
}
