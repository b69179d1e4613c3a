using Fpe.Compute;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

internal sealed partial class TorchKernels
{
    public void EdgeForward(
        DeviceEdges edges, DeviceBuffer weights, DeviceBuffer bias, ElementFunction function,
        Activations x, Activations? z, Activations y, int batch) => Run(() =>
    {
        Tensor sums = Batch(z ?? y, batch);
        sums.copy_(Values(bias).unsqueeze(1).expand_as(sums));
        Edges(edges).Product.AddForward(Values(weights), Batch(x, batch), sums);
        Tensor outputs = Batch(y, batch);
        if (z is not null)
            outputs.copy_(sums);
        Activate(function, outputs);
    });

    public void EdgeInputGradient(
        DeviceEdges edges, DeviceBuffer weights, ElementFunction function,
        Activations? z, Activations y, Activations dy, Activations dx, int batch) => Run(() =>
    {
        TimesSlope(function, z, y, dy, batch);
        Edges(edges).Product.InputGradient(Values(weights), Batch(dy, batch), Batch(dx, batch));
    });

    public void EdgeWeightGradient(
        DeviceEdges edges, ElementFunction function, Activations x, Activations? z, Activations y, Activations dy,
        DeviceBuffer weightGradient, DeviceBuffer biasGradient, int batch) => Run(() =>
    {
        TimesSlope(function, z, y, dy, batch);
        Tensor dz = Batch(dy, batch);
        Tensor gradient = Values(weightGradient);
        Edges(edges).Product.WeightGradient(Batch(x, batch), dz, gradient);
        Edges(edges).ClearHoles(gradient);
        Values(biasGradient).copy_(dz.sum(1));
    });
}
