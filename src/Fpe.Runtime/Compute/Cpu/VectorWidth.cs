using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>The widest vectors that kernels use.</summary>
internal enum VectorWidth
{
    /// <summary>8 floats: AVX2, or what the runtime composes of shorter vectors.</summary>
    Bits256,

    /// <summary>16 floats: AVX-512.</summary>
    Bits512,
}

/// <summary>Chooses among <see cref="VectorWidth"/>.</summary>
internal static class VectorWidths
{
    /// <summary>What is fastest here: 512 bits where the runtime holds that the processor is fast at them.</summary>
    public static VectorWidth Fastest => Vector512.IsHardwareAccelerated ? VectorWidth.Bits512 : VectorWidth.Bits256;
}
