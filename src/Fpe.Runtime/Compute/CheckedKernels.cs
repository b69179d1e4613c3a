using System.Runtime.CompilerServices;

namespace Fpe.Compute;

/// <summary>
/// Checks the arguments of each kernel, then runs the device's kernel. Kernels may therefore cast and index without further checks, and use
/// raw addresses: all arguments stay reachable until the kernel has returned.
/// </summary>
internal sealed partial class CheckedKernels(Device device, IKernels kernels) : IKernels
{
    private readonly KernelArguments arguments = new(device);

    public void Fill(DeviceBuffer y, double value)
    {
        arguments.Check(y);
        kernels.Fill(y, value);
        KeepAlive(y);
    }

    public void Copy(DeviceBuffer x, DeviceBuffer y)
    {
        arguments.Check(x);
        arguments.Check(y, x.Length);
        kernels.Copy(x, y);
        KeepAlive(x, y);
    }

    public void GatherRows(DeviceBuffer rows, IndexBuffer order, int start, Activations x, int batch)
    {
        arguments.Check(rows);
        arguments.Check(x, x.Features, batch);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        arguments.Check(order, checked(start + batch));
        if (rows.Length % x.Features != 0)
            throw new ArgumentException($"{rows.Length} elements are not a whole number of rows of {x.Features} features.", nameof(rows));
        kernels.GatherRows(rows, order, start, x, batch);
        KeepAlive(rows, order, x);
    }

    public void GatherIndices(IndexBuffer values, IndexBuffer order, int start, IndexBuffer y, int batch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        arguments.Check(values, 0);
        arguments.Check(order, checked(start + batch));
        arguments.Check(y, batch);
        KernelArguments.CheckDistinct(values, y);
        KernelArguments.CheckDistinct(order, y);
        kernels.GatherIndices(values, order, start, y, batch);
        KeepAlive(values, order, y);
    }

    public void Conv2dForward(
        Conv2dShape shape, DeviceBuffer weights, DeviceBuffer bias, ElementFunction function,
        Activations x, Activations? z, Activations y, int batch)
    {
        CheckFilters(shape, weights, bias);
        CheckImages(x, shape.Input, y, shape.Output, batch);
        if (z is not null)
        {
            CheckImages(x, shape.Input, z, shape.Output, batch);
            KernelArguments.CheckDistinct(y, z);
        }

        kernels.Conv2dForward(shape, weights, bias, function, x, z, y, batch);
        KeepAlive(weights, bias, x, z, y);
    }

    public void Conv2dInputGradient(Conv2dShape shape, DeviceBuffer weights, Activations dz, Activations dx, int batch)
    {
        ArgumentNullException.ThrowIfNull(shape);
        arguments.Check(weights, shape.WeightCount);
        CheckImages(dz, shape.Output, dx, shape.Input, batch);
        kernels.Conv2dInputGradient(shape, weights, dz, dx, batch);
        KeepAlive(weights, dz, dx);
    }

    public void Conv2dWeightGradient(
        Conv2dShape shape, Activations x, Activations dz, DeviceBuffer weightGradient, DeviceBuffer biasGradient, int batch)
    {
        CheckFilters(shape, weightGradient, biasGradient);
        arguments.Check(x, shape.Input.Count, batch);
        arguments.Check(dz, shape.Output.Count, batch, x);
        kernels.Conv2dWeightGradient(shape, x, dz, weightGradient, biasGradient, batch);
        KeepAlive(x, dz, weightGradient, biasGradient);
    }

    public void MaxPool2dForward(Pool2dShape shape, Activations x, Activations y, int batch)
    {
        ArgumentNullException.ThrowIfNull(shape);
        CheckImages(x, shape.Input, y, shape.Output, batch);
        kernels.MaxPool2dForward(shape, x, y, batch);
        KeepAlive(x, y);
    }

    public void MaxPool2dInputGradient(Pool2dShape shape, Activations x, Activations dy, Activations dx, int batch)
    {
        ArgumentNullException.ThrowIfNull(shape);
        CheckImages(x, shape.Input, dx, shape.Input, batch);
        CheckImages(dy, shape.Output, dx, shape.Input, batch);
        kernels.MaxPool2dInputGradient(shape, x, dy, dx, batch);
        KeepAlive(x, dy, dx);
    }

    public void AvgPool2dForward(Pool2dShape shape, Activations x, Activations y, int batch)
    {
        ArgumentNullException.ThrowIfNull(shape);
        CheckImages(x, shape.Input, y, shape.Output, batch);
        kernels.AvgPool2dForward(shape, x, y, batch);
        KeepAlive(x, y);
    }

    public void AvgPool2dInputGradient(Pool2dShape shape, Activations dy, Activations dx, int batch)
    {
        ArgumentNullException.ThrowIfNull(shape);
        CheckImages(dy, shape.Output, dx, shape.Input, batch);
        kernels.AvgPool2dInputGradient(shape, dy, dx, batch);
        KeepAlive(dy, dx);
    }

    public void MeanOfPlaces(int places, Activations x, Activations y, int batch)
    {
        ArgumentNullException.ThrowIfNull(y);
        arguments.Check(y, y.Features, batch);
        CheckPlaces(places, y.Features, x, batch, y);
        KernelArguments.CheckDistinct(x, y);
        kernels.MeanOfPlaces(places, x, y, batch);
        KeepAlive(x, y);
    }

    public void MeanOfPlacesGradient(int places, Activations dy, Activations dx, int batch)
    {
        ArgumentNullException.ThrowIfNull(dy);
        arguments.Check(dy, dy.Features, batch);
        CheckPlaces(places, dy.Features, dx, batch, dy);
        KernelArguments.CheckDistinct(dy, dx);
        kernels.MeanOfPlacesGradient(places, dy, dx, batch);
        KeepAlive(dy, dx);
    }

    public void CopyFeatures(Activations x, int from, Activations y, int to, int count, int batch)
    {
        CheckRanges(x, from, y, to, count, batch);
        kernels.CopyFeatures(x, from, y, to, count, batch);
        KeepAlive(x, y);
    }

    public void AddFeatures(Activations x, int from, Activations y, int to, int count, int batch)
    {
        CheckRanges(x, from, y, to, count, batch);
        kernels.AddFeatures(x, from, y, to, count, batch);
        KeepAlive(x, y);
    }

    public void Activate(ElementFunction function, Activations x, Activations y, int batch)
    {
        ArgumentNullException.ThrowIfNull(x);
        arguments.Check(x, x.Features, batch);
        arguments.Check(y, x.Features, batch, x);
        kernels.Activate(function, x, y, batch);
        KeepAlive(x, y);
    }

    public void ActivationGradient(ElementFunction function, Activations? z, Activations y, Activations dy, int batch)
    {
        ArgumentNullException.ThrowIfNull(y);
        CheckSlope(function, z, y, dy, y.Features, batch);
        kernels.ActivationGradient(function, z, y, dy, batch);
        KeepAlive(z, y, dy);
    }

    public void Dropout(double rate, ulong seed, ulong stream, Activations x, Activations y, int batch)
    {
        CheckDropout(rate, x, y, batch);
        kernels.Dropout(rate, seed, stream, x, y, batch);
        KeepAlive(x, y);
    }

    public void DropoutOfChannels(int places, double rate, ulong seed, ulong stream, Activations x, Activations y, int batch)
    {
        CheckDropout(rate, x, y, batch);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(places);
        CheckPlaces(places, x.Features / places, x, batch, y);
        kernels.DropoutOfChannels(places, rate, seed, stream, x, y, batch);
        KeepAlive(x, y);
    }

    private void CheckDropout(double rate, Activations x, Activations y, int batch)
    {
        if (!(rate >= 0 && rate < 1))
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "A dropout rate must be at least 0 and below 1.");
        arguments.Check(x, x.Features, batch);
        arguments.Check(y, x.Features, batch, x);
    }

    public void SoftmaxCrossEntropy(Activations logits, IndexBuffer labels, Activations? gradient, DeviceBuffer losses, int slot, int batch)
    {
        KernelArguments.CheckBatchNotEmpty(batch);
        arguments.Check(logits, logits.Features, batch);
        arguments.Check(labels, batch);
        arguments.CheckSlot(losses, slot);
        CheckGradient(logits, gradient, batch);
        kernels.SoftmaxCrossEntropy(logits, labels, gradient, losses, slot, batch);
        KeepAlive(logits, labels, gradient, losses);
    }

    public void SigmoidCrossEntropy(
        Activations logits, Activations targets, Activations? gradient, DeviceBuffer losses, int slot, int batch)
    {
        KernelArguments.CheckBatchNotEmpty(batch);
        arguments.Check(logits, logits.Features, batch);
        arguments.Check(targets, logits.Features, batch, logits);
        arguments.CheckSlot(losses, slot);
        CheckGradient(logits, gradient, batch);
        kernels.SigmoidCrossEntropy(logits, targets, gradient, losses, slot, batch);
        KeepAlive(logits, targets, gradient, losses);
    }

    public void MeanSquaredError(Activations outputs, Activations targets, Activations? gradient, DeviceBuffer losses, int slot, int batch)
    {
        KernelArguments.CheckBatchNotEmpty(batch);
        arguments.Check(outputs, outputs.Features, batch);
        arguments.Check(targets, outputs.Features, batch, outputs);
        arguments.CheckSlot(losses, slot);
        CheckGradient(outputs, gradient, batch);
        kernels.MeanSquaredError(outputs, targets, gradient, losses, slot, batch);
        KeepAlive(outputs, targets, gradient, losses);
    }

    public void CountCorrectClasses(Activations logits, IndexBuffer labels, DeviceBuffer counts, int slot, int batch)
    {
        arguments.Check(logits, logits.Features, batch);
        arguments.Check(labels, batch);
        arguments.CheckSlot(counts, slot);
        kernels.CountCorrectClasses(logits, labels, counts, slot, batch);
        KeepAlive(logits, labels, counts);
    }

    public void CountCorrectSigns(Activations logits, Activations targets, DeviceBuffer counts, int slot, int batch)
    {
        arguments.Check(logits, logits.Features, batch);
        arguments.Check(targets, logits.Features, batch, logits);
        arguments.CheckSlot(counts, slot);
        kernels.CountCorrectSigns(logits, targets, counts, slot, batch);
        KeepAlive(logits, targets, counts);
    }

    public void AddSquaredNorm(DeviceBuffer x, DeviceBuffer norms, int slot)
    {
        arguments.Check(x);
        arguments.CheckSlot(norms, slot);
        KernelArguments.CheckDistinct(x, norms);
        kernels.AddSquaredNorm(x, norms, slot);
        KeepAlive(x, norms);
    }

    public void ClipToNorm(DeviceBuffer x, DeviceBuffer norms, int slot, double maximum)
    {
        arguments.Check(x);
        arguments.CheckSlot(norms, slot);
        KernelArguments.CheckDistinct(norms, x);
        CheckMaximum(maximum);
        kernels.ClipToNorm(x, norms, slot, maximum);
        KeepAlive(x, norms);
    }

    public void AdamStep(
        DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer firstMoment, DeviceBuffer secondMoment, in AdamConstants step)
    {
        arguments.Check(weights);
        arguments.Check(gradient, weights.Length);
        arguments.Check(firstMoment, weights.Length);
        arguments.Check(secondMoment, weights.Length);
        CheckAdam(in step);
        kernels.AdamStep(weights, gradient, firstMoment, secondMoment, in step);
        KeepAlive(weights, gradient, firstMoment, secondMoment);
    }

    public void SgdStep(DeviceBuffer weights, DeviceBuffer gradient, DeviceBuffer? velocity, in SgdConstants step)
    {
        arguments.Check(weights);
        arguments.Check(gradient, weights.Length);
        if (velocity is not null)
            arguments.Check(velocity, weights.Length);
        kernels.SgdStep(weights, gradient, velocity, in step);
        KeepAlive(weights, gradient, velocity);
    }

    private static void CheckAdam(in AdamConstants step)
    {
        if (!(step.Epsilon > 0))
            throw new ArgumentException($"Adam's epsilon is {step.Epsilon}; it must be positive, so that 0 stays 0.", nameof(step));
        if (step.Step < 1)
            throw new ArgumentException($"Adam's steps are counted from 1, but the step is {step.Step}.", nameof(step));
    }

    private void CheckSlope(ElementFunction function, Activations? z, Activations y, Activations dy, int features, int batch)
    {
        arguments.Check(y, features, batch);
        arguments.Check(dy, features, batch, y);
        KernelArguments.CheckDistinct(y, dy);
        if (!function.Kind.NeedsWeightedSums())
            return;
        arguments.Check(z!, features, batch, y, nameof(z));
        KernelArguments.CheckDistinct(z!, dy);
    }

    private void CheckFilters(Conv2dShape shape, DeviceBuffer weights, DeviceBuffer bias)
    {
        ArgumentNullException.ThrowIfNull(shape);
        arguments.Check(weights, shape.WeightCount);
        arguments.Check(bias, shape.Filters);
    }

    private void CheckImages(
        Activations read, ImageShape readShape, Activations written, ImageShape writtenShape, int batch,
        [CallerArgumentExpression(nameof(read))] string readName = "", [CallerArgumentExpression(nameof(written))] string writtenName = "")
    {
        arguments.Check(read, readShape.Count, batch, readName);
        arguments.Check(written, writtenShape.Count, batch, read, writtenName);
        KernelArguments.CheckDistinct(read, written, writtenName);
    }

    private void CheckRanges(Activations x, int from, Activations y, int to, int count, int batch)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        arguments.Check(x, x.Features, batch);
        arguments.Check(y, y.Features, batch, x);
        KernelArguments.CheckDistinct(x, y);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        KernelArguments.CheckRange(x, from, count, nameof(from));
        KernelArguments.CheckRange(y, to, count, nameof(to));
    }

    private void CheckPlaces(
        int places, int channels, Activations images, int batch, Activations others,
        [CallerArgumentExpression(nameof(images))] string name = "")
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(places);
        arguments.Check(images, checked(channels * places), batch, others, name);
    }

    private void CheckGradient(Activations outputs, Activations? gradient, int batch)
    {
        if (gradient is null)
            return;
        arguments.Check(gradient, outputs.Features, batch, outputs);
        KernelArguments.CheckDistinct(outputs, gradient);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void KeepAlive(
        object? a, object? b = null, object? c = null, object? d = null, object? e = null, object? f = null, object? g = null)
    {
    }
}
