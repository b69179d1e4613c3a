using Fpe.Compute;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void EdgeInputGradient(
        DeviceEdges edges, DeviceBuffer weights, ElementFunction function,
        Activations? z, Activations y, Activations dy, Activations dx, int batch)
    {
        ActivationGradient(function, z, y, dy, batch);
        EdgeLayout layout = edges.Layout;
        var w = Values(weights);
        for (int s = 0; s < batch; s++)
        {
            var outputs = Sample(dy, s);
            var inputs = Sample(dx, s);
            inputs.Clear();
            for (int b = 0; b < layout.BlockCount; b++)
            {
                EdgeBlock block = layout.Block(b);
                int slot = block.FirstSlot;
                foreach (int o in block.Rows)
                {
                    foreach (int i in block.Columns)
                    {
                        if (layout.IsKept(slot))
                            inputs[i] += w[slot] * outputs[o];
                        slot++;
                    }
                }
            }
        }
    }
}
