using Fpe.Compute;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void EdgeWeightGradientThrough(
        in EdgeReader reader, DeviceEdges edges, ElementFunction function, Activations x, Activations? z, Activations y, Activations dy,
        DeviceBuffer weightGradient, DeviceBuffer biasGradient, int batch)
    {
        EdgeInputGradient(reader.Edges, reader.Weights, ActivationFunction.Identity, null, reader.Output, reader.Gradient, dy, batch);
        EdgeWeightGradient(edges, function, x, z, y, dy, weightGradient, biasGradient, batch);
    }
}
