using Fpe.Expansion;
using Fpe.Numerics;

namespace Fpe.Runtime.Tests.Expansion;

public sealed class BalancedDealTests
{
    [Theory]
    [InlineData(0, 3)]
    [InlineData(2, 3)]
    [InlineData(3, 3)]
    [InlineData(10, 4)]
    [InlineData(784, 4)]
    public void Shares_differ_by_at_most_one(int items, int children)
    {
        var childOf = new int[items];
        BalancedDeal.Draw(childOf, children, new RandomStream(1, RandomPurpose.IncomingSplit));
        int[] shares = [.. Enumerable.Range(0, children).Select(child => childOf.Count(c => c == child))];
        Assert.Equal(items, shares.Sum());
        Assert.InRange(shares.Max() - shares.Min(), 0, 1);
    }

    [Fact]
    public void Each_child_gets_each_item_and_the_extra_one_equally_often()
    {
        const int Draws = 30_000;
        var extras = new int[3];
        var firstItem = new int[3];
        var childOf = new int[4];
        var random = new RandomStream(1, RandomPurpose.IncomingSplit);
        for (int draw = 0; draw < Draws; draw++)
        {
            BalancedDeal.Draw(childOf, 3, random);
            firstItem[childOf[0]]++;
            extras[childOf.GroupBy(child => child).Single(share => share.Count() == 2).Key]++;
        }

        // five standard deviations of a binomial count
        double tolerance = 5 * Math.Sqrt(Draws * (1 / 3.0) * (2 / 3.0));
        Assert.All(extras, count => Assert.InRange(count, (Draws / 3) - tolerance, (Draws / 3) + tolerance));
        Assert.All(firstItem, count => Assert.InRange(count, (Draws / 3) - tolerance, (Draws / 3) + tolerance));
    }
}
