using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

internal sealed partial class GpuKernels
{
    private readonly Kernel<MoveValuesArguments> moveValues = new(device, MoveValues);

    public void MoveValues(IndexBuffer from, IndexBuffer to, DeviceBuffer values)
    {
        KernelIndices.CheckMoves(Indices(from).Host, Indices(to).Host, values.Length);
        moveValues.RunFor(from.Length, new()
        {
            From = Indices(from).View,
            To = Indices(to).View,
            Values = View(values),
            Count = from.Length,
        });
    }

    private static void MoveValues(MoveValuesArguments a)
    {
        int move = DeviceThread.Number;
        if (move >= a.Count)
            return;
        a.Values[a.To[move]] = a.Values[a.From[move]];
        a.Values[a.From[move]] = 0;
    }

    private struct MoveValuesArguments
    {
        public ArrayView<int> From, To;
        public ArrayView<float> Values;
        public int Count;
    }
}
