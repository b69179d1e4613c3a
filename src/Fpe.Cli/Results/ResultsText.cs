namespace Fpe.Cli.Results;

/// <summary>The content of a results file.</summary>
/// <typeparam name="TResult">The result of a run.</typeparam>
/// <param name="Lines">The complete lines, in file order.</param>
/// <param name="TailStart">Byte offset of the last line if it has no line break; otherwise the length of the file.</param>
/// <param name="Tail">The content after the last line break.</param>
internal sealed record ResultsText<TResult>(IReadOnlyList<StoredResult<TResult>> Lines, long TailStart, Tail Tail)
    where TResult : class
{
    /// <summary>The results, in file order.</summary>
    public IReadOnlyList<TResult> Results => [.. Lines.Select(line => line.Result)];
}
