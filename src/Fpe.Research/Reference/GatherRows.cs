using Fpe.Compute;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void GatherRows(DeviceBuffer rows, IndexBuffer order, int start, Activations x, int batch)
    {
        int features = x.Features;
        int rowCount = rows.Length / features;
        for (int s = 0; s < batch; s++)
        {
            int row = Values(order)[start + s];
            KernelIndices.CheckOrder(row, rowCount, s);
            Values(rows).Slice(row * features, features).CopyTo(Sample(x, s));
        }
    }
}
