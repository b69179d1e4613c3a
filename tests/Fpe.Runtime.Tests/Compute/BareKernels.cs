using Fpe.Compute;

namespace Fpe.Runtime.Tests.Compute;

/// <summary>The kernels that every device has to implement, as another device has them, and the default bodies of all others.</summary>
internal sealed class BareKernels(IKernels own) : IKernels
{
    public void Fill(DeviceBuffer y, double value) => own.Fill(y, value);

    public void Copy(DeviceBuffer x, DeviceBuffer y) => own.Copy(x, y);

    public void GatherRows(DeviceBuffer rows, IndexBuffer order, int start, Activations x, int batch) =>
        own.GatherRows(rows, order, start, x, batch);

    public void GatherIndices(IndexBuffer values, IndexBuffer order, int start, IndexBuffer y, int batch) =>
        own.GatherIndices(values, order, start, y, batch);

    public void EdgeForward(
        DeviceEdges edges, DeviceBuffer weights, DeviceBuffer bias, ElementFunction function,
        Activations x, Activations? z, Activations y, int batch) =>
        own.EdgeForward(edges, weights, bias, function, x, z, y, batch);

    public void EdgeInputGradient(
        DeviceEdges edges, DeviceBuffer weights, ElementFunction function,
        Activations? z, Activations y, Activations dy, Activations dx, int batch) =>
        own.EdgeInputGradient(edges, weights, function, z, y, dy, dx, batch);

    public void EdgeWeightGradient(
        DeviceEdges edges, ElementFunction function, Activations x, Activations? z, Activations y, Activations dy,
        DeviceBuffer weightGradient, DeviceBuffer biasGradient, int batch) =>
        own.EdgeWeightGradient(edges, function, x, z, y, dy, weightGradient, biasGradient, batch);

    public void Conv2dForward(
        Conv2dShape shape, DeviceBuffer weights, DeviceBuffer bias, ElementFunction function,
        Activations x, Activations? z, Activations y, int batch) =>
        own.Conv2dForward(shape, weights, bias, function, x, z, y, batch);

    public void Conv2dInputGradient(Conv2dShape shape, DeviceBuffer weights, Activations dz, Activations dx, int batch) =>
        own.Conv2dInputGradient(shape, weights, dz, dx, batch);

    public void Conv2dWeightGradient(
        Conv2dShape shape, Activations x, Activations dz, DeviceBuffer weightGradient, DeviceBuffer biasGradient, int batch) =>
        own.Conv2dWeightGradient(shape, x, dz, weightGradient, biasGradient, batch);

    public void MaxPool2dForward(Pool2dShape shape, Activations x, Activations y, int batch) =>
        own.MaxPool2dForward(shape, x, y, batch);

    public void MaxPool2dInputGradient(Pool2dShape shape, Activations x, Activations dy, Activations dx, int batch) =>
        own.MaxPool2dInputGradient(shape, x, dy, dx, batch);

    public void ActivationGradient(ElementFunction function, Activations? z, Activations y, Activations dy, int batch) =>
        own.ActivationGradient(function, z, y, dy, batch);

    public void Dropout(double rate, ulong seed, ulong stream, Activations x, Activations y, int batch) =>
        own.Dropout(rate, seed, stream, x, y, batch);

    public void SoftmaxCrossEntropy(Activations logits, IndexBuffer labels, Activations? gradient, DeviceBuffer losses, int slot, int batch) =>
        own.SoftmaxCrossEntropy(logits, labels, gradient, losses, slot, batch);

    public void SigmoidCrossEntropy(
        Activations logits, Activations targets, Activations? gradient, DeviceBuffer losses, int slot, int batch) =>
        own.SigmoidCrossEntropy(logits, targets, gradient, losses, slot, batch);

    public void MeanSquaredError(Activations outputs, Activations targets, Activations? gradient, DeviceBuffer losses, int slot, int batch) =>
        own.MeanSquaredError(outputs, targets, gradient, losses, slot, batch);

    public void CountCorrectClasses(Activations logits, IndexBuffer labels, DeviceBuffer counts, int slot, int batch) =>
        own.CountCorrectClasses(logits, labels, counts, slot, batch);

    public void CountCorrectSigns(Activations logits, Activations targets, DeviceBuffer counts, int slot, int batch) =>
        own.CountCorrectSigns(logits, targets, counts, slot, batch);

    public void AddSquaredNorm(DeviceBuffer x, DeviceBuffer norms, int slot) => own.AddSquaredNorm(x, norms, slot);

    public void ClipToNorm(DeviceBuffer x, DeviceBuffer norms, int slot, double maximum) => own.ClipToNorm(x, norms, slot, maximum);

    public void AdamStep(
        DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer firstMoment, DeviceBuffer secondMoment, in AdamConstants step) =>
        own.AdamStep(weights, gradient, firstMoment, secondMoment, in step);

    public void SgdStep(DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer? velocity, in SgdConstants step) =>
        own.SgdStep(weights, gradient, velocity, in step);
}
