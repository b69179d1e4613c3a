namespace Fpe.Cli.Results;

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
