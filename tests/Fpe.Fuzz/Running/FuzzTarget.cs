using Fpe.Fuzz.Mutation;

namespace Fpe.Fuzz.Running;

/// <summary>A reader to be fed with damaged files.</summary>
/// <param name="Name">Name for the command line, such as <c>npy</c>.</param>
/// <param name="FileName">Name of the damaged file; readers may go by its ending.</param>
/// <param name="Seeds">Valid files; at least one.</param>
/// <param name="Read">Reads a file from memory, and everything in it. May throw what derives from <see cref="FpeException"/>.</param>
/// <param name="ReadFile">The same from a path, as a user would; some of the inputs go this way, which takes a hundred times as long.</param>
public sealed record FuzzTarget(string Name, string FileName, IReadOnlyList<FuzzSeed> Seeds, Action<byte[]> Read, Action<string> ReadFile)
{
    /// <summary>The most memory that reading a file of any size may allocate on the managed heap, in bytes.</summary>
    public long FixedAllocation { get; init; } = 64 << 10;

    /// <summary>The most memory that reading may allocate on the managed heap, all temporary objects included, in bytes of each byte of content.</summary>
    public int BytesPerByte { get; init; } = 16;

    /// <summary>The most bytes of content that a file of some length can hold; its own length where nothing is compressed.</summary>
    public Func<long, long> MaximumContent { get; init; } = length => length;

    /// <summary>The most bytes that reading a file of some length may allocate: a fixed number, and a multiple of its content.</summary>
    public long AllocationBound(long fileLength) => FixedAllocation + (BytesPerByte * MaximumContent(fileLength));
}
