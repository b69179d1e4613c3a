using Fpe.Compute;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

/// <summary>Convolutions with complete filters, into which the weights are scattered among zeros.</summary>
internal sealed partial class TorchKernels
{
    public void EdgeConv2dForward(
        Conv2dShape shape, DeviceEdges edges, DeviceBuffer weights, DeviceBuffer bias, ElementFunction function,
        Activations x, Activations? z, Activations y, int batch) =>
        Run(() => Convolve(shape, Whole(edges).Matrix(Values(weights)), bias, function, x, z, y, batch));

    public void EdgeConv2dInputGradient(
        Conv2dShape shape, DeviceEdges edges, DeviceBuffer weights, Activations dz, Activations dx, int batch) =>
        Run(() => ConvolveBack(shape, Whole(edges).Matrix(Values(weights)), dz, dx, batch));

    public void EdgeConv2dWeightGradient(
        Conv2dShape shape, DeviceEdges edges, Activations x, Activations dz, DeviceBuffer weightGradient, DeviceBuffer biasGradient,
        int batch) => Run(() =>
    {
        Tensor filters = zeros([shape.Filters, shape.FanIn], device.ScalarType, device.Place);
        FilterGradients(shape, x, dz, filters, biasGradient, batch);
        Tensor gradient = Values(weightGradient);
        Whole(edges).Take(filters, gradient);
        Edges(edges).ClearHoles(gradient);
    });

    /// <exception cref="ArgumentException">The edges were prepared for another kind of layer.</exception>
    private static MatrixProduct Whole(DeviceEdges edges) => Edges(edges).Product as MatrixProduct
        ?? throw new ArgumentException("The edges were prepared for a linear layer; prepare the edges of filters with PrepareFilters.", nameof(edges));
}
