namespace Fpe.Quantization;

/// <summary>The vectors that integer products use; all give the same bits.</summary>
internal enum IntegerVectors
{
    /// <summary>None: plain loops, which are the reference of the others.</summary>
    None,

    /// <summary>256 bits, products of 16-bit numbers: AVX2.</summary>
    Bits256,

    /// <summary>256 bits, products of bytes: AVX-VNNI.</summary>
    Bits256OfBytes,

    /// <summary>512 bits, products of 16-bit numbers: AVX-512.</summary>
    Bits512,

    /// <summary>512 bits, except that products of bytes have 256: AVX-512 and AVX-VNNI.</summary>
    Bits512OfBytes,
}
