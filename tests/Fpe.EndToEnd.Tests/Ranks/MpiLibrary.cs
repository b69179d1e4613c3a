namespace Fpe.EndToEnd.Tests.Ranks;

/// <summary>The libraries that <c>Fpe.Mpi</c> binds.</summary>
public enum MpiLibrary
{
    OpenMpi,
    Mpich,
}
