namespace Fpe.Cli.Results;

/// <summary>How results are read; what is read does not depend on it.</summary>
/// <param name="Threads">The number of blocks that are parsed at the same time.</param>
/// <param name="BlockSize">The number of bytes that are read at once; a line may be longer.</param>
internal sealed record ReadingOptions(int Threads, int BlockSize)
{
    /// <summary>All processors, and blocks of 1 MiB.</summary>
    public static ReadingOptions Default { get; } = new(Environment.ProcessorCount, 1 << 20);
}
