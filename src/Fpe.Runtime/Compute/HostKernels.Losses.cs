using Fpe.Compute.Plain;

namespace Fpe.Compute;

internal static partial class HostKernels
{
    public static void WeightedSoftmaxCrossEntropy(
        Activations logits, IndexBuffer labels, DeviceBuffer classWeights, Activations weights, Activations? gradient, DeviceBuffer losses,
        int slot, int batch, in LossConstants constants)
    {
        var classes = new int[labels.Length];
        labels.Read(classes);
        double[] slopes = gradient is null ? [] : New(gradient, batch);
        double loss = PlainWeightedLosses<double>.Softmax(
            Read(logits, batch), classes, Read(classWeights), Read(weights, batch), slopes, in constants);
        losses.Write([loss], slot);
        gradient?.Write(slopes, batch);
    }

    public static void WeightedSigmoidCrossEntropy(
        Activations logits, Activations targets, DeviceBuffer positiveWeights, Activations weights, Activations? gradient,
        DeviceBuffer losses, int slot, int batch, in LossConstants constants)
    {
        double[] slopes = gradient is null ? [] : New(gradient, batch);
        double loss = PlainWeightedLosses<double>.Sigmoid(
            Read(logits, batch), Read(targets, batch), Read(positiveWeights), Read(weights, batch), slopes, in constants);
        losses.Write([loss], slot);
        gradient?.Write(slopes, batch);
    }

    public static void WeightedSquaredError(
        Activations outputs, Activations targets, Activations weights, Activations? gradient, DeviceBuffer losses, int slot, int batch,
        double scale)
    {
        double[] slopes = gradient is null ? [] : New(gradient, batch);
        double loss = PlainWeightedLosses<double>.SquaredError(Read(outputs, batch), Read(targets, batch), Read(weights, batch), slopes, scale);
        losses.Write([loss], slot);
        gradient?.Write(slopes, batch);
    }

    public static void AddScaled(DeviceBuffer x, double scale, DeviceBuffer y)
    {
        double[] sums = Read(y);
        PlainAddScaled<double>.Add(Read(x), scale, sums);
        y.Write(sums);
    }
}
