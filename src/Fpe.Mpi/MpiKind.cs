namespace Fpe.Mpi;

/// <summary>The families of MPI libraries, which differ in what their handles are.</summary>
internal enum MpiKind
{
    /// <summary>Handles are addresses of objects of the library.</summary>
    OpenMpi,

    /// <summary>Handles are 32-bit numbers, the same in all libraries with the ABI of MPICH.</summary>
    Mpich,
}
