using Fpe.Compute;
using Fpe.Compute.Plain;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void Conv2dInputGradient(Conv2dShape shape, DeviceBuffer weights, Activations dz, Activations dx, int batch)
    {
        var w = Values(weights);
        for (int s = 0; s < batch; s++)
        {
            var outputs = Sample(dz, s);
            var inputs = Sample(dx, s);
            inputs.Clear();
            foreach ((int weight, int input, int output) in ConvolutionEdges.Of(shape))
                inputs[input] += w[weight] * outputs[output];
        }
    }
}
