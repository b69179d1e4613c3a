namespace Fpe.Cli.Sweeps;

/// <summary>Runs of one group that one worker runs.</summary>
/// <param name="Items">The runs.</param>
internal sealed record WorkUnit(IReadOnlyList<WorkItem> Items)
{
    /// <summary>The group of the runs.</summary>
    public string Group => Items[0].Group;

    /// <summary>The cost of the shared part.</summary>
    public double SharedCost { get; } = Items.Max(item => item.SharedCost);

    /// <summary>The cost of the rest of all runs.</summary>
    public double OwnCost { get; } = Items.Sum(item => item.OwnCost);

    /// <summary>The cost of all runs, with their shared part once.</summary>
    public double Cost => SharedCost + OwnCost;

    /// <summary>Divides the runs of a group into units that cost at most a limit, unless a single run costs more.</summary>
    /// <param name="group">The runs of a group; the order does not matter.</param>
    /// <param name="limit">The limit.</param>
    public static IEnumerable<WorkUnit> Divide(IEnumerable<WorkItem> group, double limit)
    {
        var part = new List<WorkItem>();
        (double shared, double own) = (0, 0);
        foreach (WorkItem item in group.OrderByDescending(item => item.SharedCost).ThenByDescending(item => item.OwnCost).ThenBy(item => item.Key, StringComparer.Ordinal))
        {
            if (part.Count > 0 && Math.Max(shared, item.SharedCost) + own + item.OwnCost > limit)
            {
                yield return new WorkUnit([.. part]);
                part.Clear();
                (shared, own) = (0, 0);
            }

            part.Add(item);
            (shared, own) = (Math.Max(shared, item.SharedCost), own + item.OwnCost);
        }

        yield return new WorkUnit([.. part]);
    }
}
