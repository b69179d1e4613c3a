namespace Fpe.Cli.Results;

/// <summary>What was read from a results file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Results">The number of results.</param>
/// <param name="IsTorn">Whether its last line is not whole.</param>
internal sealed record FileContent(string Path, int Results, bool IsTorn);
