using Fpe.Cli.Sweeps;

namespace Fpe.Cli.Clusters;

/// <summary>The options of the command line that concern several workers.</summary>
/// <param name="Shard">The part that this worker runs.</param>
/// <param name="Print">What to print instead of running; null to run.</param>
internal sealed record SweepRequest(Shard Shard, PrintRequest? Print);
