namespace Fpe.Compute;

/// <summary>The number format a device computes in.</summary>
public enum ElementType
{
    /// <summary>IEEE 754 single precision: what models are trained in.</summary>
    Float32,

    /// <summary>IEEE 754 double precision: what gradients are checked in.</summary>
    Float64,
}
