namespace Fpe.Cli.Results;

/// <summary>A line of a results file.</summary>
/// <typeparam name="TResult">The result of a run.</typeparam>
/// <param name="Key">The key of the run.</param>
/// <param name="Result">The result.</param>
/// <param name="Start">The byte offset of the line.</param>
/// <param name="Length">The length of the line in bytes, without the line break.</param>
internal readonly record struct StoredResult<TResult>(string Key, TResult Result, long Start, int Length)
    where TResult : class;
