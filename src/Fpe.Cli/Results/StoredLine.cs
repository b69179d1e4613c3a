namespace Fpe.Cli.Results;

/// <summary>Where a line is stored.</summary>
/// <param name="File">The number of its file.</param>
/// <param name="Start">The byte offset in the file.</param>
/// <param name="Length">The length in bytes, without the line break.</param>
internal readonly record struct StoredLine(int File, long Start, int Length)
{
    /// <summary>Whether this line follows another one in the same file.</summary>
    public bool Follows(StoredLine other) => File == other.File && Start == other.Start + other.Length + 1;
}
