using Fpe.Cli.Clusters;
using Samples.Paper.Experiments;

namespace Samples.Paper.CommandLine;

/// <summary>The options of the command line.</summary>
/// <param name="Request">The requested runs.</param>
/// <param name="Threads">Number of concurrent runs.</param>
/// <param name="Results">Path of the results: a file or a folder.</param>
/// <param name="ReportFile">Path of the report; null for no report.</param>
/// <param name="Sweep">The part that this process runs, or what it prints instead.</param>
internal sealed record PaperOptions(Request Request, int Threads, string Results, string? ReportFile, SweepRequest Sweep);
