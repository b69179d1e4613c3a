namespace Samples.Paper.Results;

/// <summary>The content of a results file.</summary>
/// <param name="Results">The results of complete lines, in file order.</param>
/// <param name="TailStart">Byte offset of the last line if it has no line break; otherwise the length of the file.</param>
/// <param name="Tail">The content after the last line break.</param>
internal sealed record ResultsText(IReadOnlyList<RunResult> Results, long TailStart, Tail Tail);

/// <summary>The content after the last line break of a results file.</summary>
internal enum Tail
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A complete result that lacks only its line break; it is included in the results.</summary>
    Unended,

    /// <summary>The beginning of a result whose write was interrupted.</summary>
    Torn,
}
