namespace Fpe.Compute;

/// <summary>The number format in which a device computes.</summary>
public enum ElementType
{
    /// <summary>IEEE 754 single precision, used for training.</summary>
    Float32,

    /// <summary>IEEE 754 double precision, used for gradient checks.</summary>
    Float64,
}
