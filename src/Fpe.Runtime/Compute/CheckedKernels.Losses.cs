using System.Runtime.CompilerServices;

namespace Fpe.Compute;

internal sealed partial class CheckedKernels
{
    public void WeightedSoftmaxCrossEntropy(
        Activations logits, IndexBuffer labels, DeviceBuffer classWeights, Activations weights, Activations? gradient, DeviceBuffer losses,
        int slot, int batch, in LossConstants constants)
    {
        KernelArguments.CheckBatchNotEmpty(batch);
        arguments.Check(logits, logits.Features, batch);
        arguments.Check(labels, batch);
        arguments.Check(classWeights, logits.Features);
        CheckLoss(logits, weights, gradient, losses, slot, batch);
        CheckConstants(in constants);
        kernels.WeightedSoftmaxCrossEntropy(logits, labels, classWeights, weights, gradient, losses, slot, batch, in constants);
        KeepAlive(logits, labels, classWeights, weights, gradient, losses);
    }

    public void WeightedSigmoidCrossEntropy(
        Activations logits, Activations targets, DeviceBuffer positiveWeights, Activations weights, Activations? gradient,
        DeviceBuffer losses, int slot, int batch, in LossConstants constants)
    {
        KernelArguments.CheckBatchNotEmpty(batch);
        arguments.Check(logits, logits.Features, batch);
        arguments.Check(targets, logits.Features, batch, logits);
        arguments.Check(positiveWeights, logits.Features);
        CheckLoss(logits, weights, gradient, losses, slot, batch);
        CheckConstants(in constants);
        kernels.WeightedSigmoidCrossEntropy(logits, targets, positiveWeights, weights, gradient, losses, slot, batch, in constants);
        KeepAlive(logits, targets, positiveWeights, weights, gradient, losses);
    }

    public void WeightedSquaredError(
        Activations outputs, Activations targets, Activations weights, Activations? gradient, DeviceBuffer losses, int slot, int batch,
        double scale)
    {
        KernelArguments.CheckBatchNotEmpty(batch);
        arguments.Check(outputs, outputs.Features, batch);
        arguments.Check(targets, outputs.Features, batch, outputs);
        CheckLoss(outputs, weights, gradient, losses, slot, batch);
        CheckFinite(scale);
        kernels.WeightedSquaredError(outputs, targets, weights, gradient, losses, slot, batch, scale);
        KeepAlive(outputs, targets, weights, gradient, losses);
    }

    public void AddScaled(DeviceBuffer x, double scale, DeviceBuffer y)
    {
        arguments.Check(x);
        arguments.Check(y, x.Length);
        KernelArguments.CheckDistinct(x, y);
        CheckFinite(scale);
        kernels.AddScaled(x, scale, y);
        KeepAlive(x, y);
    }

    private void CheckLoss(Activations outputs, Activations weights, Activations? gradient, DeviceBuffer losses, int slot, int batch)
    {
        arguments.Check(weights, 1, batch, outputs);
        arguments.CheckSlot(losses, slot);
        CheckGradient(outputs, gradient, batch);
    }

    private static void CheckConstants(in LossConstants constants)
    {
        CheckFinite(constants.Scale);
        if (constants.Smoothing is not (>= 0 and < 1))
            throw new ArgumentException($"The label smoothing is {constants.Smoothing}; it must be at least 0 and below 1.", nameof(constants));
        if (!double.IsFinite(constants.Gamma) || constants.Gamma < 0)
            throw new ArgumentException($"The exponent of the focal loss is {constants.Gamma}; it must be finite and at least 0.", nameof(constants));
    }

    private static void CheckFinite(double scale, [CallerArgumentExpression(nameof(scale))] string name = "")
    {
        if (!double.IsFinite(scale))
            throw new ArgumentException($"The scale is {scale}; it must be finite.", name);
    }
}
