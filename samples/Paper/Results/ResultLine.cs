namespace Samples.Paper.Results;

/// <summary>A line of a results file.</summary>
/// <param name="Key">The key of the result's configuration, first so that people can find the line.</param>
/// <param name="Result">The result.</param>
internal sealed record ResultLine(string Key, RunResult Result);
