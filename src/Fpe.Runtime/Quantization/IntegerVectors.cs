namespace Fpe.Quantization;

/// <summary>The vectors that integer products use; all give the same bits.</summary>
internal enum IntegerVectors
{
    /// <summary>None: plain loops, which are the reference of the others.</summary>
    None,

    /// <summary>256 bits: AVX2, with the dot products of AVX-VNNI where they are.</summary>
    Bits256,

    /// <summary>512 bits: AVX-512.</summary>
    Bits512,
}
