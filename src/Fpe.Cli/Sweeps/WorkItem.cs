namespace Fpe.Cli.Sweeps;

/// <summary>A run as a part of the work of a sweep. Costs are in multiply-adds.</summary>
/// <param name="Key">The key of the run, which is unique.</param>
/// <param name="Group">The group of runs that share the beginning of their work if one worker runs them; the key if there are no others.</param>
/// <param name="SharedCost">The cost of the part that is shared: a worker pays only the largest of a group.</param>
/// <param name="OwnCost">The cost of the rest.</param>
internal sealed record WorkItem(string Key, string Group, double SharedCost, double OwnCost)
{
    /// <summary>The cost of the run alone.</summary>
    public double Cost => SharedCost + OwnCost;
}
