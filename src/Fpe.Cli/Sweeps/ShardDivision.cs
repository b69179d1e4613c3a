namespace Fpe.Cli.Sweeps;

/// <summary>
/// The division of runs into shards that cost about the same. It depends only on the runs, and neither on their order nor on what is
/// finished, so every worker finds the same one.
/// </summary>
internal sealed class ShardDivision
{
    // The runs of a group stay together, so that they share work, or are divided into units of at most these fractions of a shard.
    private static readonly double[] Fractions = [double.PositiveInfinity, 1, 3.0 / 4, 1.0 / 2, 3.0 / 8, 1.0 / 4, 1.0 / 8, 0];

    private readonly Dictionary<string, int> shards = new(StringComparer.Ordinal);
    private readonly double[] costs;

    private ShardDivision(WorkUnit[] units, int count)
    {
        costs = new double[count];
        var shared = new Dictionary<(int Shard, string Group), double>();
        var least = new PriorityQueue<int, (double Cost, int Shard)>(Enumerable.Range(0, count).Select(shard => (shard, (0.0, shard))));

        // The longest first, each to the shard with the least work so far.
        foreach (WorkUnit unit in units)
        {
            int shard = least.Dequeue();
            double before = shared.GetValueOrDefault((shard, unit.Group));
            shared[(shard, unit.Group)] = Math.Max(before, unit.SharedCost);
            costs[shard] += unit.OwnCost + Math.Max(0, unit.SharedCost - before);
            least.Enqueue(shard, (costs[shard], shard));
            foreach (WorkItem item in unit.Items)
                shards.Add(item.Key, shard + 1);
        }
    }

    /// <summary>The cost of each shard.</summary>
    public IReadOnlyList<double> Costs => costs;

    /// <summary>Divides runs; of several divisions, the one whose most expensive shard is the cheapest is chosen.</summary>
    /// <param name="items">The runs, each once.</param>
    /// <param name="count">The number of shards.</param>
    public static ShardDivision Of(IReadOnlyList<WorkItem> items, int count)
    {
        // An order of their own, because sums of floating-point numbers depend on it.
        WorkItem[][] groups =
        [
            .. items.GroupBy(item => item.Group, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => group.ToArray()),
        ];
        double share = groups.Sum(group => WorkUnit.Divide(group, double.PositiveInfinity).Sum(unit => unit.Cost)) / count;
        return Fractions
            .Select(fraction => new ShardDivision(Ordered(groups.SelectMany(group => WorkUnit.Divide(group, share * fraction))), count))
            .MinBy(division => division.costs.Max())!;
    }

    /// <summary>Returns the number of the shard that contains a run, from 1.</summary>
    /// <param name="key">The key of the run.</param>
    public int ShardOf(string key) => shards[key];

    private static WorkUnit[] Ordered(IEnumerable<WorkUnit> units) =>
        [.. units.OrderByDescending(unit => unit.Cost).ThenBy(unit => unit.Items[0].Key, StringComparer.Ordinal)];
}
