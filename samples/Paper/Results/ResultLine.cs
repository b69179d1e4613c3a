namespace Samples.Paper.Results;

/// <summary>A line of a results file.</summary>
/// <param name="Key">The key of the result's configuration, in front so that a person finds the line.</param>
/// <param name="Result">The result.</param>
internal sealed record ResultLine(string Key, RunResult Result);
