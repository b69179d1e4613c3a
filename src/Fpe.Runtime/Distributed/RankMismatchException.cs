namespace Fpe.Distributed;

/// <summary>Thrown on all ranks when one of them would train something else: other data, other options, other weights or another build.</summary>
/// <param name="rank">The rank that differs from rank 0.</param>
/// <param name="name">What differs.</param>
/// <param name="value">Its value on that rank.</param>
/// <param name="expected">Its value on rank 0.</param>
public sealed class RankMismatchException(int rank, string name, string value, string expected)
    : FpeException($"Rank {rank} differs from rank 0: {name} is {value} there, but {expected} on rank 0; start the same program with the same options and data on all ranks.");
