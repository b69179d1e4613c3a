using Fpe.Compute;
using Fpe.Compute.Plain;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void BatchNormForward(
        int places, DeviceBuffer scale, DeviceBuffer shift, double epsilon, double momentum, DeviceBuffer runningMean,
        DeviceBuffer runningVariance, DeviceBuffer statistics, Activations x, Activations y, int batch) =>
        PlainBatchNorm<T>.Forward(
            places, Values(scale), Values(shift), epsilon, momentum, Values(runningMean), Values(runningVariance), Values(statistics),
            Batch(x, batch), Batch(y, batch));

    public void BatchNormPredict(
        int places, DeviceBuffer scale, DeviceBuffer shift, double epsilon, DeviceBuffer runningMean, DeviceBuffer runningVariance,
        Activations x, Activations y, int batch) =>
        PlainBatchNorm<T>.Predict(
            places, Values(scale), Values(shift), epsilon, Values(runningMean), Values(runningVariance), Batch(x, batch), Batch(y, batch));

    public void BatchNormInputGradient(
        int places, DeviceBuffer scale, DeviceBuffer statistics, DeviceBuffer scaleGradient, DeviceBuffer shiftGradient,
        Activations x, Activations dy, Activations dx, int batch) =>
        PlainBatchNorm<T>.InputGradient(
            places, Values(scale), Values(statistics), Values(scaleGradient), Values(shiftGradient),
            Batch(x, batch), Batch(dy, batch), Batch(dx, batch));

    public void BatchNormParameterGradient(
        int places, DeviceBuffer statistics, Activations x, Activations dy, DeviceBuffer scaleGradient, DeviceBuffer shiftGradient,
        int batch) =>
        PlainBatchNorm<T>.ParameterGradient(
            places, Values(statistics), Batch(x, batch), Batch(dy, batch), Values(scaleGradient), Values(shiftGradient));
}
