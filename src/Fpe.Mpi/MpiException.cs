namespace Fpe.Mpi;

/// <summary>Thrown when MPI cannot be used: no library, not the one of the launcher, or one that lacks what is needed.</summary>
/// <param name="message">What is wrong, and how to change it.</param>
public sealed class MpiException(string message) : FpeException(message);
