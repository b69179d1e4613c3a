using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

internal sealed partial class GpuKernels
{
    private readonly Kernel<NormArguments> addSquaredNorm = new(device, AddSquaredNorm);
    private readonly Kernel<NormArguments> clipToNorm = new(device, ClipToNorm);

    public void AddSquaredNorm(DeviceBuffer x, DeviceBuffer norms, int slot)
    {
        int groups = Math.Clamp(Groups(x.Length, Kernel<NormArguments>.Threads * ElementsOfThread), 1, MostParts);
        var total = new PartsArguments { Parts = parts.Value.View, Sums = View(norms), Slot = slot, Count = groups, Scale = 1, IsAdded = 1 };
        RunSum(addSquaredNorm, total, new() { X = View(x), Total = total });
    }

    public void ClipToNorm(DeviceBuffer x, DeviceBuffer norms, int slot, double maximum) => clipToNorm.RunFor(x.Length, new()
    {
        X = View(x),
        Total = new() { Parts = View(norms), Sums = View(norms), Slot = slot },
        Maximum = (float)maximum,
    });

    private static void AddSquaredNorm(NormArguments a)
    {
        float sum = 0;
        for (int i = DeviceThread.Number; i < a.X.IntLength; i += a.Total.Count * Group.DimX)
            sum += a.X[i] * a.X[i];
        a.Total.AddPart(sum);
    }

    private static void ClipToNorm(NormArguments a)
    {
        if (DeviceThread.Number >= a.X.IntLength)
            return;
        float factor = a.Maximum / DeviceMath.Root(a.Total.Sums[a.Total.Slot]);
        a.X[DeviceThread.Number] *= factor > 1 ? 1 : factor;
    }

    private struct NormArguments
    {
        public ArrayView<float> X;
        public PartsArguments Total;
        public float Maximum;
    }
}
