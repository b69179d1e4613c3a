using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

internal sealed partial class GpuKernels
{
    private readonly Kernel<NormsArguments> addSquaredNorms = new(device, AddSquaredNorms);
    private readonly Kernel<NormsArguments> clipAllToNorm = new(device, ClipAllToNorm);

    public void AddSquaredNorm(DeviceBuffer x, DeviceBuffer norms, int slot) => AddSquaredNorms([x], norms, slot);

    public void ClipToNorm(DeviceBuffer x, DeviceBuffer norms, int slot, double maximum) => ClipAllToNorm([x], norms, slot, maximum);

    public void AddSquaredNorms(ReadOnlySpan<DeviceBuffer> buffers, DeviceBuffer norms, int slot)
    {
        for (; !buffers.IsEmpty; buffers = buffers[Math.Min(buffers.Length, Slots<BufferSlot>.Most)..])
        {
            ReadOnlySpan<DeviceBuffer> taken = buffers[..Math.Min(buffers.Length, Slots<BufferSlot>.Most)];
            long elements = 0;
            foreach (DeviceBuffer x in taken)
                elements += x.Length;

            // The last group of each buffer may be almost empty; even so, all fit into one step of sumParts.
            int most = MostParts - Slots<BufferSlot>.Most;
            int size = (int)Math.Max(Kernel<NormsArguments>.Threads * ElementsOfThread, (elements + most - 1) / most);
            var slots = new Slots<BufferSlot>();
            foreach (DeviceBuffer x in taken)
            {
                int groups = Groups(x.Length, size);
                slots.Add(new() { X = View(x), Groups = groups }, groups);
            }

            if (slots.GroupCount == 0)
                continue;
            var total = new PartsArguments { Parts = parts.Value.View, Sums = View(norms), Slot = slot, Count = slots.GroupCount, Scale = 1, IsAdded = 1 };
            RunSum(addSquaredNorms, total, new() { Slots = slots, Total = total });
        }
    }

    public void ClipAllToNorm(ReadOnlySpan<DeviceBuffer> buffers, DeviceBuffer norms, int slot, double maximum)
    {
        for (; !buffers.IsEmpty; buffers = buffers[Math.Min(buffers.Length, Slots<BufferSlot>.Most)..])
        {
            var slots = new Slots<BufferSlot>();
            foreach (DeviceBuffer x in buffers[..Math.Min(buffers.Length, Slots<BufferSlot>.Most)])
                slots.Add(new() { X = View(x) }, Groups(x.Length, Kernel<NormsArguments>.Threads));
            clipAllToNorm.RunGroups(slots.GroupCount, new()
            {
                Slots = slots,
                Total = new() { Parts = View(norms), Sums = View(norms), Slot = slot },
                Maximum = (float)maximum,
            });
        }
    }

    private static void AddSquaredNorms(NormsArguments a)
    {
        Slot<BufferSlot> slot = a.Slots.Of(Grid.IdxX);
        ArrayView<float> x = slot.Value.X;
        float sum = 0;
        for (int i = slot.Thread; i < x.IntLength; i += slot.Value.Groups * Group.DimX)
            sum += x[i] * x[i];
        a.Total.AddPart(sum);
    }

    private static void ClipAllToNorm(NormsArguments a)
    {
        Slot<BufferSlot> slot = a.Slots.Of(Grid.IdxX);
        if (slot.Thread >= slot.Value.X.IntLength)
            return;
        float factor = a.Maximum / DeviceMath.Root(a.Total.Sums[a.Total.Slot]);
        slot.Value.X[slot.Thread] *= factor > 1 ? 1 : factor;
    }

    internal struct BufferSlot
    {
        public ArrayView<float> X;
        public int Groups;
    }

    private struct NormsArguments
    {
        public Slots<BufferSlot> Slots;
        public PartsArguments Total;
        public float Maximum;
    }
}
