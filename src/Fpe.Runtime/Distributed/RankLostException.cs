namespace Fpe.Distributed;

/// <summary>Thrown when another process of a group has ended, so that a run cannot continue; it resumes from its last checkpoint.</summary>
/// <param name="rank">The rank that noticed it.</param>
/// <param name="size">The number of ranks.</param>
/// <param name="problem">What was noticed.</param>
public sealed class RankLostException(int rank, int size, string problem)
    : FpeException($"Rank {rank} of {size}: {problem}; start the ranks again, and the run resumes from its last checkpoint, if it has checkpoints.");
