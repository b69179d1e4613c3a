using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

internal sealed partial class GpuKernels
{
    /// <summary>Side of the square that a group transposes in shared memory, so that it reads and writes neighbouring addresses.</summary>
    private const int Square = 16;

    private readonly Kernel<GatherRowsArguments> gatherRows = new(device, GatherRows);
    private readonly Kernel<GatherIndicesArguments> gatherIndices = new(device, GatherIndices);

    public void GatherRows(DeviceBuffer rows, IndexBuffer order, int start, Activations x, int batch)
    {
        CheckOrder(order, start, batch, rows.Length / x.Features);
        gatherRows.RunGrid(Groups(x.Features, Square), batch, Square, Square * Square, new()
        {
            Rows = View(rows),
            Order = Indices(order).View,
            X = View(x),
            Start = start,
            Features = x.Features,
            Stride = Lanes(x).Stride,
            Batch = batch,
        });
    }

    public void GatherIndices(IndexBuffer values, IndexBuffer order, int start, IndexBuffer y, int batch)
    {
        CheckOrder(order, start, batch, values.Length);
        gatherIndices.RunFor(batch, new()
        {
            Values = Indices(values).View,
            Order = Indices(order).View,
            Y = Indices(y).View,
            Start = start,
            Batch = batch,
        });
        for (int s = 0; s < batch; s++)
            Indices(y).Host[s] = Indices(values).Host[Indices(order).Host[start + s]];
    }

    private static void CheckOrder(IndexBuffer order, int start, int batch, int rowCount)
    {
        Span<int> chosen = Indices(order).Host.Slice(start, batch);
        for (int s = 0; s < chosen.Length; s++)
            KernelIndices.CheckOrder(chosen[s], rowCount, s);
    }

    private static void GatherRows(GatherRowsArguments a)
    {
        ArrayView<float> square = SharedMemory.Allocate<float>(Square * (Square + 1));
        int inner = Group.IdxX % Square, outer = Group.IdxX / Square;
        int feature = (Grid.IdxX * Square) + inner, sample = (Grid.IdxY * Square) + outer;
        if (feature < a.Features && sample < a.Batch)
            square[(outer * (Square + 1)) + inner] = a.Rows[((long)a.Order[a.Start + sample] * a.Features) + feature];
        Group.Barrier();
        feature = (Grid.IdxX * Square) + outer;
        sample = (Grid.IdxY * Square) + inner;
        if (feature < a.Features && sample < a.Batch)
            a.X[(feature * a.Stride) + sample] = square[(inner * (Square + 1)) + outer];
    }

    private static void GatherIndices(GatherIndicesArguments a)
    {
        if (DeviceThread.Number < a.Batch)
            a.Y[DeviceThread.Number] = a.Values[a.Order[a.Start + DeviceThread.Number]];
    }

    private struct GatherRowsArguments
    {
        public ArrayView<float> Rows, X;
        public ArrayView<int> Order;
        public int Start, Features, Stride, Batch;
    }

    private struct GatherIndicesArguments
    {
        public ArrayView<int> Values, Order, Y;
        public int Start, Batch;
    }
}
