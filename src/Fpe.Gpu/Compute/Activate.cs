using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

internal sealed partial class GpuKernels
{
    private readonly Kernel<ActivateArguments> activate = new(device, Activate);
    private readonly Kernel<ActivateArguments> activationGradient = new(device, ActivationGradient);

    public void Activate(ElementFunction function, Activations x, Activations y, int batch) =>
        activate.RunFor(x.Features * batch, new()
        {
            Z = View(x),
            Y = View(y),
            Dy = View(y),
            Function = new(function),
            Elements = x.Features * batch,
            Batch = batch,
            Stride = Lanes(x).Stride,
        });

    public void ActivationGradient(ElementFunction function, Activations? z, Activations y, Activations dy, int batch) =>
        activationGradient.RunFor(y.Features * batch, new()
        {
            Z = View(z ?? y),
            Y = View(y),
            Dy = View(dy),
            Function = new(function),
            Elements = y.Features * batch,
            Batch = batch,
            Stride = Lanes(y).Stride,
        });

    private static void Activate(ActivateArguments a)
    {
        if (DeviceThread.Number >= a.Elements)
            return;
        int e = (DeviceThread.Number / a.Batch * a.Stride) + (DeviceThread.Number % a.Batch);
        a.Y[e] = a.Function.Of(a.Z[e]);
    }

    private static void ActivationGradient(ActivateArguments a)
    {
        if (DeviceThread.Number >= a.Elements)
            return;
        int e = (DeviceThread.Number / a.Batch * a.Stride) + (DeviceThread.Number % a.Batch);
        a.Dy[e] = a.Function.Gradient(a.Dy[e], a.Z[e], a.Y[e]);
    }

    private struct ActivateArguments
    {
        public ArrayView<float> Z, Y, Dy;
        public DeviceFunction Function;
        public int Elements, Batch, Stride;
    }
}
