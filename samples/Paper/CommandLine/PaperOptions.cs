using Samples.Paper.Experiments;

namespace Samples.Paper.CommandLine;

/// <summary>The options of the command line.</summary>
/// <param name="Request">The requested runs.</param>
/// <param name="Threads">Number of concurrent runs.</param>
/// <param name="ResultsFile">Path of the results file.</param>
/// <param name="ReportFile">Path of the report; null for no report.</param>
internal sealed record PaperOptions(Request Request, int Threads, string ResultsFile, string? ReportFile);
