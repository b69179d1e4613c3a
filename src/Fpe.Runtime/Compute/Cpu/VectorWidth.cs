using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <summary>The widest vectors that kernels use.</summary>
internal enum VectorWidth
{
    /// <summary>8 floats: AVX2, or composed of shorter vectors by the runtime.</summary>
    Bits256,

    /// <summary>16 floats: AVX-512.</summary>
    Bits512,
}

/// <summary>Chooses a <see cref="VectorWidth"/>.</summary>
internal static class VectorWidths
{
    /// <summary>Returns the fastest width on this processor: 512 bits if the runtime considers the processor fast at them.</summary>
    public static VectorWidth Fastest => Vector512.IsHardwareAccelerated ? VectorWidth.Bits512 : VectorWidth.Bits256;

    /// <summary>Returns the number of bits.</summary>
    public static int Bits(this VectorWidth width) => width switch
    {
        VectorWidth.Bits256 => 256,
        VectorWidth.Bits512 => 512,
        _ => throw new ArgumentOutOfRangeException(nameof(width)),
    };
}
