namespace Samples.Paper.Results;

/// <summary>What stands in a results file.</summary>
/// <param name="Results">The results of the whole lines, in the order of the file.</param>
/// <param name="TailStart">Byte at which the last line begins that has no end; the length of the file where every line has one.</param>
/// <param name="Tail">What follows the last line end.</param>
internal sealed record ResultsText(IReadOnlyList<RunResult> Results, long TailStart, Tail Tail);

/// <summary>What follows the last line end of a results file.</summary>
internal enum Tail
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A whole result that lacks its line end only; it is among the results.</summary>
    Unended,

    /// <summary>The beginning of a result whose write was interrupted.</summary>
    Torn,
}
