using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void GatherIndices(IndexBuffer values, IndexBuffer order, int start, IndexBuffer y, int batch)
    {
        int* source = Integers(values);
        int* rows = Integers(order) + start;
        int* target = Integers(y);
        for (int s = 0; s < batch; s++)
        {
            KernelIndices.CheckOrder(rows[s], values.Length, s);
            target[s] = source[rows[s]];
        }
    }
}
