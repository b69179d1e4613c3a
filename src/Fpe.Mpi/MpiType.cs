namespace Fpe.Mpi;

/// <summary>What a message consists of.</summary>
internal enum MpiType
{
    /// <summary>Bytes.</summary>
    Byte,

    /// <summary>Numbers in single precision.</summary>
    Float,
}
