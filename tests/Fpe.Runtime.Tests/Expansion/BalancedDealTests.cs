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

    [Theory]
    [InlineData(784, 4, 64)]
    [InlineData(784, 8, 128)]
    [InlineData(784, 3, 64)]
    [InlineData(100, 7, 64)]
    [InlineData(200, 100, 64)]
    [InlineData(5, 5, 1)]
    public void Shares_differ_by_at_most_one_in_every_block_and_over_all(int items, int children, int blockSize)
    {
        var random = new RandomStream(2, RandomPurpose.IncomingSplit);
        var childOf = new int[items];
        for (int draw = 0; draw < 50; draw++)
        {
            BalancedDeal.Draw(childOf, children, blockSize, random);
            foreach (int[] block in childOf.Chunk(blockSize).Append(childOf))
            {
                int[] shares = [.. Enumerable.Range(0, children).Select(child => block.Count(c => c == child))];
                Assert.InRange(shares.Max() - shares.Min(), 0, block.Length % children == 0 ? 0 : 1);
            }
        }
    }

    [Fact]
    public void Inputs_of_different_blocks_are_dealt_independently()
    {
        const int Draws = 10_000;
        var meetings = 0;
        var childOf = new int[16];
        var random = new RandomStream(3, RandomPurpose.IncomingSplit);
        for (int draw = 0; draw < Draws; draw++)
        {
            BalancedDeal.Draw(childOf, 2, 8, random);
            meetings += childOf[0] == childOf[8] ? 1 : 0;
        }

        double tolerance = 5 * Math.Sqrt(Draws / 4.0);
        Assert.InRange(meetings, (Draws / 2) - tolerance, (Draws / 2) + tolerance);
    }

    [Fact]
    public void One_block_of_all_is_the_plain_deal()
    {
        var plain = new int[100];
        var blocks = new int[100];
        BalancedDeal.Draw(plain, 7, new RandomStream(4, RandomPurpose.IncomingSplit));
        BalancedDeal.Draw(blocks, 7, 128, new RandomStream(4, RandomPurpose.IncomingSplit));
        Assert.Equal(plain, blocks);
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
