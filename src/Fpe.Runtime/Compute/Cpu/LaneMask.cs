using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>Masks that separate lanes of the batch from lanes beyond it.</summary>
internal static class LaneMask
{
    /// <summary>Returns a mask with all bits set in the lanes below <paramref name="count"/>.</summary>
    public static Vector256<int> Before(int count) => Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count));
}
