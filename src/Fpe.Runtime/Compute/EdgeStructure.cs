namespace Fpe.Compute;

/// <summary>The shape of an <see cref="EdgeLayout"/>; kernels choose their inner loops accordingly.</summary>
public enum EdgeStructure
{
    /// <summary>A single block of all rows and columns.</summary>
    Dense,

    /// <summary>Blocks of several rows: neurons that share a partition, one block per group and child.</summary>
    SharedBlocks,

    /// <summary>One block per row, none pruned: neurons that do not share a partition, or have overlapping inputs.</summary>
    OwnPartition,

    /// <summary>One block per row with any columns: the result of pruning, or of a random choice of edges.</summary>
    Sparse,
}
