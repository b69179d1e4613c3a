using Fpe.Compute;
using Fpe.Compute.Plain;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void Conv2dWeightGradient(
        Conv2dShape shape, Activations x, Activations dz, DeviceBuffer weightGradient, DeviceBuffer biasGradient, int batch)
    {
        var dw = Values(weightGradient);
        var db = Values(biasGradient);
        dw.Clear();
        db.Clear();
        for (int s = 0; s < batch; s++)
        {
            var inputs = Sample(x, s);
            var outputs = Sample(dz, s);
            foreach ((int weight, int input, int output) in ConvolutionEdges.Of(shape))
                dw[weight] += outputs[output] * inputs[input];
            for (int o = 0; o < outputs.Length; o++)
                db[o / shape.Output.Pixels] += outputs[o];
        }
    }
}
