using Fpe.Compute;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

internal sealed partial class TorchKernels
{
    /// <summary>Takes the listed rows out of tables, updates them in place with the gradient, and puts them back.</summary>
    private void StepRows(IndexBuffer rows, DeviceBuffer gradient, DeviceBuffer[] tables, Action<Tensor, Tensor[]> step)
    {
        int width = gradient.Length / rows.Length;
        int count = KernelIndices.CheckRows(Indices(rows).Host, tables[0].Length / width);
        if (count == 0)
            return;
        Run(() =>
        {
            Tensor listed = Indices(rows).Values.narrow(0, 0, count);
            Tensor[] parts = Array.ConvertAll(tables, table => Values(table).view(-1, width).index_select(0, listed));
            step(Values(gradient).view(-1, width).narrow(0, 0, count), parts);
            for (int t = 0; t < tables.Length; t++)
                Values(tables[t]).view(-1, width).index_copy_(0, listed, parts[t]);
        });
    }
}
