using ILGPU;

namespace Fpe.Gpu.Compute;

/// <summary>Which of all threads of a kernel this is.</summary>
internal static class DeviceThread
{
    /// <summary>The number of the thread among all.</summary>
    public static int Number => (Grid.IdxX * Group.DimX) + Group.IdxX;
}
