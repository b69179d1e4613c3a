using Fpe.Compute;
using Fpe.Compute.Plain;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void Conv2dForward(
        Conv2dShape shape, DeviceBuffer weights, DeviceBuffer bias, ElementFunction function,
        Activations x, Activations? z, Activations y, int batch)
    {
        var w = Values(weights);
        var b = Values(bias);
        for (int s = 0; s < batch; s++)
        {
            var inputs = Sample(x, s);
            var sums = Sample(z ?? y, s);
            for (int o = 0; o < sums.Length; o++)
                sums[o] = b[o / shape.Output.Pixels];
            foreach ((int weight, int input, int output) in ConvolutionEdges.Of(shape))
                sums[output] += w[weight] * inputs[input];

            var outputs = Sample(y, s);
            for (int o = 0; o < sums.Length; o++)
                outputs[o] = PlainActivation<T>.Apply(function, sums[o]);
        }
    }
}
