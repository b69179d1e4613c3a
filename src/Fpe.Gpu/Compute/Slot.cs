using ILGPU;

namespace Fpe.Gpu.Compute;

/// <summary>One of the <see cref="Slots{T}"/> of a kernel.</summary>
internal struct Slot<T>
    where T : struct
{
    /// <summary>What the kernel works on.</summary>
    public T Value;

    /// <summary>The first group that works on it.</summary>
    public int FirstGroup;

    /// <summary>The number of this thread among those of the slot.</summary>
    public readonly int Thread => ((Grid.IdxX - FirstGroup) * Group.DimX) + Group.IdxX;
}
