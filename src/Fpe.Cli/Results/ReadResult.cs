namespace Fpe.Cli.Results;

/// <summary>A result that was read from a line.</summary>
/// <typeparam name="TResult">The result of a run.</typeparam>
/// <param name="WrittenKey">The key at the beginning of the line.</param>
/// <param name="Key">The key of the run that the result is of; the same, unless someone changed the line.</param>
/// <param name="Result">The result.</param>
internal readonly record struct ReadResult<TResult>(string WrittenKey, string Key, TResult Result)
    where TResult : class;
