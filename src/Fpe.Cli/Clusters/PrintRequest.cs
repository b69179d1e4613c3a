namespace Fpe.Cli.Clusters;

/// <summary>A request to print what a cluster needs.</summary>
/// <param name="Cluster">What to print.</param>
/// <param name="Shards">The number of shards; null to choose it so that one takes about an hour, at most 1,000.</param>
internal sealed record PrintRequest(Cluster Cluster, int? Shards);
