using Fpe.Compute;
using Fpe.Compute.Plain;

namespace Fpe.Research.Reference;

internal sealed partial class ReferenceKernels<T>
{
    public void LayerNormForward(
        DeviceBuffer scale, DeviceBuffer shift, double epsilon, Activations x, Activations y, Activations statistics, int batch) =>
        PlainLayerNorm<T>.Forward(
            Values(scale), Values(shift), epsilon, Batch(x, batch), Batch(y, batch), Batch(statistics, batch));

    public void LayerNormInputGradient(
        DeviceBuffer scale, Activations statistics, Activations x, Activations dy, Activations dx, int batch) =>
        PlainLayerNorm<T>.InputGradient(
            Values(scale), Batch(statistics, batch), Batch(x, batch), Batch(dy, batch), Batch(dx, batch));

    public void LayerNormParameterGradient(
        Activations statistics, Activations x, Activations dy, DeviceBuffer scaleGradient, DeviceBuffer shiftGradient, int batch) =>
        PlainLayerNorm<T>.ParameterGradient(
            Batch(statistics, batch), Batch(x, batch), Batch(dy, batch), Values(scaleGradient), Values(shiftGradient));
}
