using System.Globalization;
using Fpe.Cli.Sweeps;

namespace Fpe.Cli.Tests.Sweeps;

public class ShardDivisionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(50)]
    public void Each_run_is_in_one_shard_whatever_the_order_of_the_runs(int count)
    {
        WorkItem[] items = Grid(seeds: 5, new Random(1));
        var division = ShardDivision.Of(items, count);
        WorkItem[] shuffled = [.. items];
        new Random(2).Shuffle(shuffled);
        var again = ShardDivision.Of(shuffled, count);

        Assert.All(items, item => Assert.InRange(division.ShardOf(item.Key), 1, count));
        Assert.All(items, item => Assert.Equal(division.ShardOf(item.Key), again.ShardOf(item.Key)));
        Assert.Equal(division.Costs, again.Costs);
        Assert.All(Enumerable.Range(1, count), shard => Assert.Equal(
            CostOf([.. items.Where(item => division.ShardOf(item.Key) == shard)]), division.Costs[shard - 1], precision: 6));
    }

    [Theory]
    [InlineData(2, 1.02)]
    [InlineData(6, 1.12)]
    [InlineData(20, 1.35)]
    public void No_shard_takes_much_longer_than_an_equal_part_of_all_work(int count, double limit)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            WorkItem[] items = Grid(seeds: 8, new Random(seed));
            double ideal = ShardDivision.Of(items, 1).Costs[0] / count;
            Assert.InRange(ShardDivision.Of(items, count).Costs.Max(), 0, limit * ideal);
        }
    }

    [Fact]
    public void Runs_that_share_a_warm_up_stay_together_if_there_are_groups_enough()
    {
        WorkItem[] items = [.. from seed in Enumerable.Range(0, 12) from variant in Enumerable.Range(0, 4) select Item(seed, variant, shared: 5, own: 5)];
        var division = ShardDivision.Of(items, 4);

        Assert.All(items.GroupBy(item => item.Group), group => Assert.Single(group.Select(item => division.ShardOf(item.Key)).Distinct()));
        Assert.All(division.Costs, cost => Assert.Equal(3 * 25, cost));
    }

    [Fact]
    public void A_group_is_divided_where_it_would_keep_others_waiting()
    {
        WorkItem[] items = [.. Enumerable.Range(0, 8).Select(variant => Item(seed: 0, variant, shared: 1, own: 10))];
        var division = ShardDivision.Of(items, 4);
        Assert.All(division.Costs, cost => Assert.Equal(21, cost));
    }

    [Fact]
    public void More_shards_than_runs_leave_some_without_any()
    {
        var division = ShardDivision.Of([Item(0, 0, 0, 1), Item(1, 0, 0, 1)], 5);
        Assert.Equal([1, 1, 0, 0, 0], division.Costs);
    }

    [Fact]
    public void A_division_stays_as_it_was_recorded()
    {
        // A worker of an earlier version may have done its part: the rule is never changed without a new version of the records.
        WorkItem[] items = Grid(seeds: 2, new Random(3));
        var division = ShardDivision.Of(items, 3);
        Assert.Equal("111112222233333333331111122222", string.Concat(items.Select(item => division.ShardOf(item.Key).ToString(CultureInfo.InvariantCulture))));
    }

    private static WorkItem[] Grid(int seeds, Random random) =>
    [
        .. from width in Enumerable.Range(0, 3)
           let epoch = 10 * random.NextDouble()
           from seed in Enumerable.Range(0, seeds)
           from variant in Enumerable.Range(0, 5)
           select Item((100 * width) + seed, variant, variant == 0 ? 50 * epoch : 25 * epoch, variant == 0 ? 0 : 25 * epoch * (1 + (variant / 4.0))),
    ];

    private static WorkItem Item(int seed, int variant, double shared, double own) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{variant} of {seed}"), string.Create(CultureInfo.InvariantCulture, $"{seed}"), shared, own);

    private static double CostOf(WorkItem[] items) =>
        items.GroupBy(item => item.Group).Sum(group => group.Max(item => item.SharedCost) + group.Sum(item => item.OwnCost));
}
