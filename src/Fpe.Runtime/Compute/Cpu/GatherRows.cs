namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void GatherRows(DeviceBuffer rows, IndexBuffer order, int start, Activations x, int batch)
    {
        int features = x.Features;
        float* source = Floats(rows).Address;
        int* next = Integers(order) + start;
        for (int s = 0; s < batch; s++)
            KernelIndices.CheckOrder(next[s], rows.Length / features, s);

        for (int p = 0; p < Panel.Count(batch); p++)
        {
            Panel panel = Panels(x).PanelAt(p, batch);
            Transpose.SamplesToPanel(source, next, features, panel);
            next += panel.Samples;
        }
    }
}
