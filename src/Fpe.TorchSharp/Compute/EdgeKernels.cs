using Fpe.Compute;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

internal sealed partial class TorchKernels
{
    public void EdgeForward(
        DeviceEdges edges, DeviceBuffer weights, DeviceBuffer bias, ActivationFunction function,
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

    public void EdgeInputGradient(DeviceEdges edges, DeviceBuffer weights, Activations dz, Activations dx, int batch) =>
        Run(() => Edges(edges).Product.InputGradient(Values(weights), Batch(dz, batch), Batch(dx, batch)));

    public void EdgeWeightGradient(DeviceEdges edges, Activations x, Activations dz, DeviceBuffer weightGradient, int batch) => Run(() =>
    {
        Tensor gradient = Values(weightGradient);
        Edges(edges).Product.WeightGradient(Batch(x, batch), Batch(dz, batch), gradient);
        Edges(edges).ClearHoles(gradient);
    });
}
