using Fpe.Compute;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void EdgeWeightGradient(
        DeviceEdges edges, ElementFunction function, Activations x, Activations? z, Activations y, Activations dy,
        DeviceBuffer weightGradient, DeviceBuffer biasGradient, int batch)
    {
        ActivationGradient(function, z, y, dy, batch);
        BiasGradient(dy, Values(biasGradient), batch);
        EdgeLayout layout = edges.Layout;
        var gradient = Values(weightGradient);
        gradient.Clear();
        var inputs = Batch(x, batch);
        var outputs = Batch(dy, batch);
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            int slot = block.FirstSlot;
            foreach (int o in block.Rows)
            {
                foreach (int i in block.Columns)
                {
                    for (int s = 0; s < batch && layout.IsKept(slot); s++)
                        gradient[slot] += outputs[s * dy.Features + o] * inputs[s * x.Features + i];
                    slot++;
                }
            }
        }
    }

    private static void BiasGradient(Activations dz, Span<T> gradient, int batch)
    {
        gradient.Clear();
        for (int s = 0; s < batch; s++)
        {
            for (int o = 0; o < gradient.Length; o++)
                gradient[o] += Sample(dz, s)[o];
        }
    }
}
