namespace Fpe.Cli.Running;

/// <summary>A line of a results file.</summary>
/// <param name="Key">The key of the run, first so that people can find the line.</param>
/// <param name="Result">The result.</param>
internal sealed record StudyResultLine(string Key, StudyResult Result);
