using Fpe.Compute;
using Fpe.Compute.Plain;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void WeightedSoftmaxCrossEntropy(
        Activations logits, IndexBuffer labels, DeviceBuffer classWeights, Activations weights, Activations? gradient, DeviceBuffer losses,
        int slot, int batch, in LossConstants constants) =>
        Values(losses)[slot] = PlainWeightedLosses<T>.Softmax(
            Batch(logits, batch), Values(labels), Values(classWeights), Batch(weights, batch), gradient is null ? default : Batch(gradient, batch), in constants);

    public void WeightedSigmoidCrossEntropy(
        Activations logits, Activations targets, DeviceBuffer positiveWeights, Activations weights, Activations? gradient,
        DeviceBuffer losses, int slot, int batch, in LossConstants constants) =>
        Values(losses)[slot] = PlainWeightedLosses<T>.Sigmoid(
            Batch(logits, batch), Batch(targets, batch), Values(positiveWeights), Batch(weights, batch), gradient is null ? default : Batch(gradient, batch), in constants);

    public void WeightedSquaredError(
        Activations outputs, Activations targets, Activations weights, Activations? gradient, DeviceBuffer losses, int slot, int batch,
        double scale) =>
        Values(losses)[slot] = PlainWeightedLosses<T>.SquaredError(
            Batch(outputs, batch), Batch(targets, batch), Batch(weights, batch), gradient is null ? default : Batch(gradient, batch), Number(scale));

    public void AddScaled(DeviceBuffer x, double scale, DeviceBuffer y) =>
        PlainAddScaled<T>.Add(Values(x), Number(scale), Values(y));
}
