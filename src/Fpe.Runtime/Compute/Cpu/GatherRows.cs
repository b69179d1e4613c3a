using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>Multiply-adds that take as long as gathering one number.</summary>
    private const int GatherWork = 8;

    public void GatherRows(DeviceBuffer rows, IndexBuffer order, int start, Activations x, int batch)
    {
        var gather = new GatherArguments
        {
            Rows = Floats(rows).Address,
            Order = Integers(order) + start,
            X = Panels(x).Values,
            XStride = Panels(x).PanelStride,
            Features = x.Features,
            Batch = batch,
        };
        for (int s = 0; s < batch; s++)
            KernelIndices.CheckOrder(gather.Order[s], rows.Length / x.Features, s);
        Run(Panel.Count(batch), &GatherChunk, &gather, (long)x.Features * batch * GatherWork);
    }

    /// <summary>Gathers one panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void GatherChunk(void* arguments, int chunk)
    {
        var gather = (GatherArguments*)arguments;
        int first = chunk * Panel.Width;
        var panel = new Panel(gather->X + chunk * gather->XStride, Math.Min(Panel.Width, gather->Batch - first));
        Transpose.SamplesToPanel(gather->Rows, gather->Order + first, gather->Features, panel);
    }

    private struct GatherArguments
    {
        public float* Rows, X;
        public int* Order;
        public nint XStride;
        public int Features, Batch;
    }
}
