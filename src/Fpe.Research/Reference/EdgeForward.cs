using Fpe.Compute;
using Fpe.Compute.Plain;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void EdgeForward(
        DeviceEdges edges, DeviceBuffer weights, DeviceBuffer bias, ElementFunction function,
        Activations x, Activations? z, Activations y, int batch)
    {
        EdgeLayout layout = edges.Layout;
        var w = Values(weights);
        for (int s = 0; s < batch; s++)
        {
            var inputs = Sample(x, s);
            var sums = Sample(z ?? y, s);
            Values(bias).CopyTo(sums);
            for (int b = 0; b < layout.BlockCount; b++)
            {
                EdgeBlock block = layout.Block(b);
                int slot = block.FirstSlot;
                foreach (int o in block.Rows)
                {
                    foreach (int i in block.Columns)
                    {
                        if (layout.IsKept(slot))
                            sums[o] += w[slot] * inputs[i];
                        slot++;
                    }
                }
            }

            var outputs = Sample(y, s);
            for (int o = 0; o < sums.Length; o++)
                outputs[o] = PlainActivation<T>.Apply(function, sums[o]);
        }
    }
}
