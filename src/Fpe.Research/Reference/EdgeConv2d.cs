using Fpe.Compute;
using Fpe.Compute.Plain;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void EdgeConv2dForward(
        Conv2dShape shape, DeviceEdges edges, DeviceBuffer weights, DeviceBuffer bias, ElementFunction function,
        Activations x, Activations? z, Activations y, int batch)
    {
        var sums = Batch(z ?? y, batch);
        PlainEdgeConv2d<T>.Sums(shape, edges.Layout, Values(weights), Values(bias), Batch(x, batch), sums);
        PlainActivation<T>.Apply(function, sums, Batch(y, batch));
    }

    public void EdgeConv2dInputGradient(
        Conv2dShape shape, DeviceEdges edges, DeviceBuffer weights, Activations dz, Activations dx, int batch) =>
        PlainEdgeConv2d<T>.InputGradient(shape, edges.Layout, Values(weights), Batch(dz, batch), Batch(dx, batch));

    public void EdgeConv2dWeightGradient(
        Conv2dShape shape, DeviceEdges edges, Activations x, Activations dz, DeviceBuffer weightGradient, DeviceBuffer biasGradient,
        int batch) =>
        PlainEdgeConv2d<T>.WeightGradient(
            shape, edges.Layout, Batch(x, batch), Batch(dz, batch), Values(weightGradient), Values(biasGradient));
}
