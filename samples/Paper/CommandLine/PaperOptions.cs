using Samples.Paper.Experiments;

namespace Samples.Paper.CommandLine;

/// <summary>What the command line asks for.</summary>
/// <param name="Request">What is run.</param>
/// <param name="Threads">Runs at a time.</param>
/// <param name="ResultsFile">Where results are kept.</param>
/// <param name="ReportFile">Where the report goes; null for nowhere.</param>
internal sealed record PaperOptions(Request Request, int Threads, string ResultsFile, string? ReportFile);
