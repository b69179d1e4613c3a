namespace Fpe.Distributed;

/// <summary>Thrown on all other ranks when one of them cannot start a run, or cannot continue it; that rank throws what is wrong there.</summary>
/// <param name="rank">The rank.</param>
/// <param name="problem">The message of its exception.</param>
public sealed class RankFailedException(int rank, string problem)
    : FpeException($"Rank {rank} cannot continue, so no rank does: {problem}");
