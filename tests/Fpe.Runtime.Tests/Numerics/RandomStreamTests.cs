using Fpe.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace Fpe.Runtime.Tests.Numerics;

public class RandomStreamTests
{
    [Fact]
    public void A_stream_is_a_function_of_seed_purpose_and_index() => Check.QuickThrowOnFailure(Prop.ForAll<long, byte>((seed, index) =>
    {
        uint first = new RandomStream(seed, RandomPurpose.Shuffle, index).NextWord();
        return first == new RandomStream(seed, RandomPurpose.Shuffle, index).NextWord()
            && first != new RandomStream(seed, RandomPurpose.Dropout, index).NextWord()
            && first != new RandomStream(seed + 1, RandomPurpose.Shuffle, index).NextWord()
            && first != new RandomStream(seed, RandomPurpose.Shuffle, index + 1).NextWord();
    }));

    [Fact]
    public void Integers_are_below_their_bound() => Check.QuickThrowOnFailure(Prop.ForAll<long, PositiveInt>((seed, bound) =>
    {
        var stream = new RandomStream(seed, RandomPurpose.Shuffle);
        return Enumerable.Range(0, 50).All(_ => (uint)stream.NextInt32(bound.Get) < (uint)bound.Get);
    }));

    [Fact]
    public void Permutations_hold_every_number_once() => Check.QuickThrowOnFailure(Prop.ForAll<long, byte>((seed, count) =>
        new RandomStream(seed, RandomPurpose.Shuffle).Permutation(count).Order().SequenceEqual(Enumerable.Range(0, count))));

    [Fact]
    public void Every_permutation_is_as_likely()
    {
        // 24 orders of 4 in 24,000 draws: χ² with 23 degrees of freedom is below 49.7 in 999 of 1000 cases
        var stream = new RandomStream(1, RandomPurpose.Shuffle);
        var orders = Enumerable.Range(0, 24_000).Select(_ => string.Concat(stream.Permutation(4)));
        var counts = orders.GroupBy(order => order).Select(group => group.Count()).ToArray();
        Assert.Equal(24, counts.Length);
        Assert.InRange(counts.Sum(count => Math.Pow(count - 1000, 2) / 1000), 0, 49.7);
    }

    [Fact]
    public void Integers_are_uniform()
    {
        // 10 values in 100,000 draws: χ² with 9 degrees of freedom is below 27.9 in 999 of 1000 cases
        var stream = new RandomStream(2, RandomPurpose.Shuffle);
        var counts = new int[10];
        for (int i = 0; i < 100_000; i++)
            counts[stream.NextInt32(10)]++;
        Assert.InRange(counts.Sum(count => Math.Pow(count - 10_000, 2) / 10_000), 0, 27.9);
    }

    [Fact]
    public void Fractions_are_uniform_in_0_to_1()
    {
        var stream = new RandomStream(-3, RandomPurpose.Initialisation);
        var values = Enumerable.Range(0, 100_000).Select(i => i % 2 == 0 ? stream.NextSingle() : stream.NextDouble()).ToArray();
        Assert.All(values, value => Assert.InRange(value, 0, Math.BitDecrement(1)));
        Assert.InRange(values.Average(), 0.497, 0.503);
        Assert.InRange(values.Average(value => (value - 0.5) * (value - 0.5)), 0.0828, 0.0838);
    }

    [Fact]
    public void Position_counts_words()
    {
        var stream = new RandomStream(1, RandomPurpose.Shuffle);
        stream.NextSingle();
        stream.NextDouble();
        Assert.Equal(3, stream.Position);
    }

    [Fact]
    public void Bounds_and_indices_are_checked()
    {
        var stream = new RandomStream(1, RandomPurpose.Shuffle);
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.NextInt32(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomStream(1, RandomPurpose.Shuffle, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomStream(1, RandomPurpose.Shuffle, 1L << 56));
    }
}
