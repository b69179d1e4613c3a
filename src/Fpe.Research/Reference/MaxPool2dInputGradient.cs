using Fpe.Compute;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void MaxPool2dInputGradient(Pool2dShape shape, Activations x, Activations dy, Activations dx, int batch)
    {
        for (int s = 0; s < batch; s++)
        {
            var inputs = Sample(x, s);
            var outputs = Sample(dy, s);
            var gradient = Sample(dx, s);
            gradient.Clear();
            for (int o = 0; o < outputs.Length; o++)
                gradient[FirstLargest(shape, inputs, o)] += outputs[o];
        }
    }
}
