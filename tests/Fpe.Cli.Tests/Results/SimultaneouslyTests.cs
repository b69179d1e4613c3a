using Fpe.Cli.Results;

namespace Fpe.Cli.Tests.Results;

public class SimultaneouslyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_failure_of_a_part_is_thrown_as_it_was(int threads)
    {
        var failure = new IOException("The disk is full.");
        Assert.Same(failure, Assert.Throws<IOException>(() => Simultaneously.For(8, threads, index => Fail(index == 5, failure))));
        Assert.Same(failure, Assert.Throws<IOException>(() => Simultaneously.ForEach(Enumerable.Range(0, 8), threads, item => Fail(item == 5, failure))));
    }

    [Fact]
    public void So_is_one_of_the_items_themselves()
    {
        var failure = new IOException("The disk is full.");
        Assert.Same(failure, Assert.Throws<IOException>(() => Simultaneously.ForEach(Items(), threads: 2, _ => { })));

        IEnumerable<int> Items()
        {
            yield return 1;
            throw failure;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void So_is_one_of_two_functions(bool isFirst)
    {
        var failure = new IOException("The disk is full.");
        Assert.Same(failure, Assert.Throws<IOException>(() => Simultaneously.Both(() => Fail(isFirst, failure), () => Fail(!isFirst, failure))));
    }

    private static void Fail(bool fails, Exception failure)
    {
        if (fails)
            throw failure;
    }
}
