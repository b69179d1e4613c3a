namespace Fpe;

/// <summary>Specifies the numbers of a network where it is deployed.</summary>
public enum NumberFormat
{
    /// <summary>Weights and values are 32-bit floating-point numbers.</summary>
    Float = 0,

    /// <summary>Weights and values are 8-bit integers; sums are exact 32-bit integers.</summary>
    Int8 = 1,
}
