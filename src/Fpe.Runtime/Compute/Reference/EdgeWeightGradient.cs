namespace Fpe.Compute.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void EdgeWeightGradient(DeviceEdges edges, Activations x, Activations dz, DeviceBuffer weightGradient, int batch)
    {
        EdgeLayout layout = edges.Layout;
        var gradient = Values(weightGradient);
        gradient.Clear();
        var inputs = Batch(x, batch);
        var outputs = Batch(dz, batch);
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            int slot = block.FirstSlot;
            foreach (int o in block.Rows)
            {
                foreach (int i in block.Columns)
                {
                    for (int s = 0; s < batch && layout.IsKept(slot); s++)
                        gradient[slot] += outputs[s * dz.Features + o] * inputs[s * x.Features + i];
                    slot++;
                }
            }
        }
    }
}
