using Fpe.Expansion;
using Fpe.Numerics;

namespace Fpe.Runtime.Tests.Expansion;

public sealed class BalancedKMeansTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 7)]
    [InlineData(50, 1)]
    [InlineData(50, 16)]
    [InlineData(64, 16)]
    public void Sizes_differ_by_at_most_one(int count, int clusters)
    {
        var random = new RandomStream(count, RandomPurpose.Synthesis);
        int[] clusterOf = Cluster([.. Enumerable.Range(0, count * 3).Select(_ => random.NextDouble())], 3, clusters, seed: 1);
        int[] sizes = [.. clusterOf.CountBy(cluster => cluster).Select(size => size.Value)];
        Assert.Equal(clusters, sizes.Length);
        Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
    }

    [Fact]
    public void Equal_points_are_divided_evenly()
    {
        int[] clusterOf = Cluster(new double[20], 2, 4, seed: 1);
        Assert.Equal([2, 2, 3, 3], clusterOf.CountBy(cluster => cluster).Select(size => size.Value).Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Points_far_apart_are_told_apart(long seed)
    {
        // three clusters of four on a line of dimension 5, so that vectors have a tail
        double[] points = [.. Enumerable.Range(0, 60).Select(i => (100.0 * (i / 5 % 3)) + (0.1 * (i / 5)) + (i % 5))];
        int[] clusterOf = Cluster(points, 5, 3, seed);
        Assert.All(Enumerable.Range(0, 12), p => Assert.Equal(clusterOf[p % 3], clusterOf[p]));
        Assert.Equal(3, clusterOf.Distinct().Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Those_who_lose_least_give_way(long seed)
    {
        // six points want the cluster on the left; the two nearest to the other one have to leave
        double[] points = [4, 0, 100, 1, 2, 101, 3, 5];
        int[] clusterOf = Cluster(points, 1, 2, seed);
        int[] left = [.. Enumerable.Range(0, points.Length).Where(p => clusterOf[p] == clusterOf[1])];
        Assert.Equal([0, 1, 2, 3], left.Select(p => points[p]).Order());
    }

    [Fact]
    public void A_seed_gives_one_result()
    {
        double[] points = [.. Enumerable.Range(0, 300).Select(i => Math.Sin(i * i))];
        Assert.Equal(Cluster(points, 3, 16, seed: 9), Cluster(points, 3, 16, seed: 9));
        Assert.NotEqual(Cluster(points, 3, 16, seed: 9), Cluster(points, 3, 16, seed: 10));
    }

    [Fact]
    public void Clusters_are_those_of_plain_loops()
    {
        // Clusters of 1, 2 or 4 points with whole coordinates: every mean and every distance is exact, in whatever order sums are made.
        (int longest, int worse) = (0, 0);
        for (int seed = 0; seed < 400; seed++)
        {
            var random = new RandomStream(seed, RandomPurpose.Synthesis);
            (int count, int clusters) = (seed % 5) switch { 0 => (8, 2), 1 => (16, 4), 2 => (32, 8), 3 => (12, 8), _ => (3, 2) };
            int dimension = 1 + random.NextInt32(11);
            double[] points = [.. Enumerable.Range(0, count * dimension).Select(_ => (double)random.NextInt32(40))];

            (int[] expected, int rounds, bool lastWasWorse) = new PlainKMeans([.. points.Chunk(dimension)]).Cluster(clusters, new RandomStream(seed, RandomPurpose.Clustering));
            Assert.Equal(expected, Cluster(points, dimension, clusters, seed));
            longest = Math.Max(longest, rounds);
            worse += lastWasWorse ? 1 : 0;
        }

        // otherwise this would show nothing of how rounds end
        Assert.InRange(longest, 4, 49);
        Assert.InRange(worse, 1, 400);
    }

    private static int[] Cluster(double[] points, int dimension, int clusters, long seed) =>
        new BalancedKMeans(points, dimension).Cluster(clusters, new RandomStream(seed, RandomPurpose.Clustering));
}
