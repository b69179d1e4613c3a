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

    private static int[] Cluster(double[] points, int dimension, int clusters, long seed) =>
        new BalancedKMeans(points, dimension).Cluster(clusters, new RandomStream(seed, RandomPurpose.Clustering));
}
