using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

internal sealed partial class GpuKernels
{
    private readonly Kernel<FillArguments> fill = new(device, Fill);
    private readonly Kernel<CopyArguments> copy = new(device, Copy);

    public void Fill(DeviceBuffer y, double value) => fill.RunFor(y.Length, new() { Y = View(y), Value = (float)value });

    public void Copy(DeviceBuffer x, DeviceBuffer y) => copy.RunFor(y.Length, new() { X = View(x), Y = View(y) });

    private static void Fill(FillArguments a)
    {
        if (DeviceThread.Number < a.Y.IntLength)
            a.Y[DeviceThread.Number] = a.Value;
    }

    private static void Copy(CopyArguments a)
    {
        if (DeviceThread.Number < a.Y.IntLength)
            a.Y[DeviceThread.Number] = a.X[DeviceThread.Number];
    }

    private struct FillArguments
    {
        public ArrayView<float> Y;
        public float Value;
    }

    private struct CopyArguments
    {
        public ArrayView<float> X, Y;
    }
}
