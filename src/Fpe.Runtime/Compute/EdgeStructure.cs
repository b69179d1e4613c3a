namespace Fpe.Compute;

/// <summary>The shape of an <see cref="EdgeLayout"/>; kernels choose their inner loops by it.</summary>
public enum EdgeStructure
{
    /// <summary>One block of all rows and all columns.</summary>
    Dense,

    /// <summary>Blocks of several rows: neurons that share a partition, one block per group and child.</summary>
    SharedBlocks,

    /// <summary>A block per row, none pruned: neurons with partitions, or overlapping inputs, of their own.</summary>
    OwnPartition,

    /// <summary>A block per row with any columns: what pruning, or a random choice of edges, leaves.</summary>
    Sparse,
}
