namespace Fpe.Cli.Commands;

/// <summary>The options of <c>merge</c>.</summary>
/// <param name="Results">The file or folder of the results.</param>
/// <param name="Into">The file for all results; null for none.</param>
/// <param name="JsonFile">The file for the finished runs as JSON; null for none.</param>
/// <param name="CsvFile">The file for the finished runs as CSV; null for none.</param>
internal sealed record MergeOptions(string Results, string? Into, string? JsonFile, string? CsvFile);
