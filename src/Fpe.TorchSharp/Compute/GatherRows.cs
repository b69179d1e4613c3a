using Fpe.Compute;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

internal sealed partial class TorchKernels
{
    public void GatherRows(DeviceBuffer rows, IndexBuffer order, int start, Activations x, int batch)
    {
        int rowCount = rows.Length / x.Features;
        CheckOrder(order, start, batch, rowCount);
        if (batch == 0)
            return;
        Run(() =>
        {
            Tensor chosen = Indices(order).Values.narrow(0, start, batch);
            Batch(x, batch).copy_(Values(rows).view(rowCount, x.Features).index_select(0, chosen).t());
        });
    }

    public void GatherIndices(IndexBuffer values, IndexBuffer order, int start, IndexBuffer y, int batch)
    {
        CheckOrder(order, start, batch, values.Length);
        if (batch == 0)
            return;
        Run(() =>
        {
            Tensor chosen = Indices(order).Values.narrow(0, start, batch);
            Indices(y).Values.narrow(0, 0, batch).copy_(Indices(values).Values.index_select(0, chosen));
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
}
