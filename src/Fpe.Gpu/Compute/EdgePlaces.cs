using Fpe.Compute;
using ILGPU;

namespace Fpe.Gpu.Compute;

/// <summary>The number of the edge that each slot of a layout holds, in the order of slots; −1 where it holds none.</summary>
internal sealed class EdgePlaces : IDisposable
{
    private readonly GpuMemory<int> memory;
    private readonly int[] before;

    public EdgePlaces(GpuDevice device, EdgeLayout layout)
    {
        before = new int[layout.SlotCount + 1];
        var places = new int[layout.SlotCount];
        for (int slot = 0; slot < places.Length; slot++)
        {
            bool isKept = layout.IsKept(slot);
            places[slot] = isKept ? before[slot] : -1;
            before[slot + 1] = before[slot] + (isKept ? 1 : 0);
        }

        memory = new GpuMemory<int>(device, places.Length, $"the places of {before[^1]} edges");
        memory.Write(places);
    }

    /// <summary>The numbers.</summary>
    public ArrayView<int> View => memory.View;

    /// <summary>Returns the number of edges before a slot.</summary>
    public int Before(int slot) => before[slot];

    public void Dispose() => memory.Dispose();
}
