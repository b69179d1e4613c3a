using Fpe.Compute;

namespace Fpe.Benchmarks.Workloads;

/// <summary>Means of rows of a table, and the step of the rows that a batch reads. Some batches take turns, so that not all rows stay cached.</summary>
internal sealed class BagWorkload : IDisposable
{
    private const int Turns = 8;

    private static readonly AdamConstants Adam = new(1e-8, 0.9, 0.999, 1e-8, 0, Decoupled: false, Step: 1000);

    private readonly int dimension, batch;
    private readonly DeviceBuffer table, first, second, gradient;
    private readonly IndexBuffer slots, rows;
    private readonly Activations[] tokens;
    private readonly Activations y, dy;
    private int turn;

    /// <summary>Creates the buffers, with any values.</summary>
    public BagWorkload(int vocabulary, int dimension, int batch, int places)
    {
        (this.dimension, this.batch) = (dimension, batch);
        table = Device.Allocate(vocabulary * dimension);
        first = Device.Allocate(table.Length);
        second = Device.Allocate(table.Length);
        Kernels.Fill(table, 0.5);
        Kernels.Fill(first, 1e-3);
        Kernels.Fill(second, 1e-3);
        slots = Device.AllocateIndices(vocabulary);
        slots.Write(new int[vocabulary]);
        rows = Device.AllocateIndices(Math.Min(vocabulary, batch * places));
        gradient = Device.Allocate(rows.Length * dimension);
        (y, dy) = (Device.AllocateActivations(dimension, batch), Device.AllocateActivations(dimension, batch));
        dy.Write([.. Enumerable.Range(0, dimension * batch).Select(i => (i * 37 % 101 - 50) / 100f)], batch);
        var random = new Random(1);
        tokens = [.. Enumerable.Range(0, Turns).Select(_ => Device.AllocateActivations(places, batch))];
        foreach (Activations one in tokens)
            one.Write([.. Enumerable.Range(0, batch * places).Select(_ => (float)random.Next(vocabulary))], batch);
    }

    private static Device Device => Device.Default;

    private static IKernels Kernels => Device.Kernels;

    public void Forward() => Kernels.EmbeddingBagForward(table, dimension, mean: true, Next(), y, batch);

    public void Step()
    {
        Activations read = Next();
        Kernels.EmbeddingBagForward(table, dimension, mean: true, read, y, batch);
        Kernels.EmbeddingBagGradient(dimension, mean: true, read, dy, slots, rows, gradient, batch);
        Kernels.AdamStepRows(rows, table, gradient, first, second, in Adam);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable buffer in (IDisposable[])[table, first, second, gradient, slots, rows, y, dy, .. tokens])
            buffer.Dispose();
    }

    private Activations Next() => tokens[turn = (turn + 1) % Turns];
}
