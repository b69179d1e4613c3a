using Fpe.Compute;
using Fpe.Compute.Plain;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void LayerNormForward(
        int places, DeviceBuffer scale, DeviceBuffer shift, double epsilon, Activations x, Activations y, Activations statistics,
        int batch) =>
        PlainLayerNorm<T>.Forward(
            places, Values(scale), Values(shift), epsilon, Batch(x, batch), Batch(y, batch), Batch(statistics, batch));

    public void LayerNormInputGradient(
        int places, DeviceBuffer scale, Activations statistics, Activations x, Activations dy, Activations dx, int batch) =>
        PlainLayerNorm<T>.InputGradient(
            places, Values(scale), Batch(statistics, batch), Batch(x, batch), Batch(dy, batch), Batch(dx, batch));

    public void LayerNormParameterGradient(
        int places, Activations statistics, Activations x, Activations dy, DeviceBuffer scaleGradient, DeviceBuffer shiftGradient,
        int batch) =>
        PlainLayerNorm<T>.ParameterGradient(
            places, Batch(statistics, batch), Batch(x, batch), Batch(dy, batch), Values(scaleGradient), Values(shiftGradient));
}
