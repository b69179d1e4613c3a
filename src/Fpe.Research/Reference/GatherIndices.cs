using Fpe.Compute;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void GatherIndices(IndexBuffer values, IndexBuffer order, int start, IndexBuffer y, int batch)
    {
        for (int s = 0; s < batch; s++)
        {
            int row = Values(order)[start + s];
            KernelIndices.CheckOrder(row, values.Length, s);
            Values(y)[s] = Values(values)[row];
        }
    }
}
