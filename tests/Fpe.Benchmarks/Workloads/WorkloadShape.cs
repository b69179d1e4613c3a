namespace Fpe.Benchmarks.Workloads;

/// <summary>A layer and its batch.</summary>
/// <param name="Inputs">Fan-in of a parent.</param>
/// <param name="Parents">Neurons of the dense parent.</param>
/// <param name="Factor">Children per parent (α).</param>
/// <param name="Batch">Samples.</param>
internal sealed record WorkloadShape(int Inputs, int Parents, int Factor, int Batch)
{
    /// <summary>The shapes every table of ratios has: in cache, and larger.</summary>
    public static IReadOnlyList<WorkloadShape> Standard { get; } =
        [new(784, 256, 4, 128), new(512, 128, 4, 128), new(1024, 1024, 4, 512), new(1024, 1024, 8, 512)];

    /// <summary>The standard shapes, how cost grows with α and batch, and small layers.</summary>
    public static IReadOnlyList<WorkloadShape> All { get; } =
    [
        .. Standard
            .Concat(Factors.Select(factor => new WorkloadShape(784, 256, factor, 128)))
            .Concat(Batches.Select(batch => new WorkloadShape(784, 256, 4, batch)))
            .Concat(Factors.SelectMany(factor => Batches.Select(batch => new WorkloadShape(784, 64, factor, batch))))
            .Concat(Factors.SelectMany(factor => Batches.Select(batch => new WorkloadShape(64, 4, factor, batch))))
            .Distinct(),
    ];

    private static int[] Factors => [2, 4, 8, 16];

    private static int[] Batches => [1, 32, 128, 512];

    /// <summary>Additions and multiplications of one product; expansion does not change them.</summary>
    public double Operations => 2.0 * Inputs * Parents * Batch;

    /// <inheritdoc/>
    public override string ToString() => $"{Inputs}, {Parents}, {Factor}, {Batch}";
}
