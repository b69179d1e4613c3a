using Fpe.Numerics;

namespace Fpe.Runtime.Tests.Expansion;

/// <summary>k-means with clusters of equal size in plain loops, as <see cref="Fpe.Expansion.BalancedKMeans"/> describes it.</summary>
internal sealed class PlainKMeans(double[][] points)
{
    /// <summary>The cluster of every point, and in how many rounds it was found.</summary>
    public (int[] ClusterOf, int Rounds, bool LastWasWorse) Cluster(int clusters, RandomStream random)
    {
        double[][] centres = FirstCentres(clusters, random);
        int[] best = Assign(centres);
        double lowest = Cost(best, centres);
        for (int round = 2; ; round++)
        {
            centres = [.. Enumerable.Range(0, clusters).Select(c => Mean(best, c))];
            int[] next = Assign(centres);
            double cost = Cost(next, centres);
            if (cost >= lowest)
                return (best, round, cost > lowest);
            (best, lowest) = (next, cost);
        }
    }

    // k-means++: each next centre is a point drawn in proportion to its squared distance to the nearest centre so far
    private double[][] FirstCentres(int clusters, RandomStream random)
    {
        var centres = new List<double[]> { points[random.NextInt32(points.Length)] };
        while (true)
        {
            double[] weights = [.. points.Select(point => centres.Min(centre => Distance(point, centre)))];
            double left = random.NextDouble() * weights.Sum();
            int next = Array.FindIndex(weights, weight => (left -= weight) < 0);
            if (next < 0)
                next = random.NextInt32(points.Length);
            if (centres.Count == clusters)
                return [.. centres];
            centres.Add(points[next]);
        }
    }

    private int[] Assign(double[][] centres)
    {
        int size = points.Length / centres.Length, larger = points.Length % centres.Length;
        var sizes = new int[centres.Length];
        var clusterOf = new int[points.Length];
        foreach (int p in Enumerable.Range(0, points.Length).OrderByDescending(p => centres.Max(c => Distance(points[p], c)) - centres.Min(c => Distance(points[p], c))))
        {
            bool mayGrow = sizes.Count(taken => taken > size) < larger;
            int nearest = Enumerable.Range(0, centres.Length)
                .Where(c => sizes[c] < size || (mayGrow && sizes[c] == size))
                .MinBy(c => Distance(points[p], centres[c]));
            clusterOf[p] = nearest;
            sizes[nearest]++;
        }

        return clusterOf;
    }

    private double[] Mean(int[] clusterOf, int cluster)
    {
        double[][] own = [.. points.Where((_, p) => clusterOf[p] == cluster)];
        return [.. Enumerable.Range(0, points[0].Length).Select(i => own.Sum(point => point[i]) / own.Length)];
    }

    private double Cost(int[] clusterOf, double[][] centres) => points.Select((point, p) => Distance(point, centres[clusterOf[p]])).Sum();

    private static double Distance(double[] a, double[] b) => a.Zip(b).Sum(pair => (pair.First - pair.Second) * (pair.First - pair.Second));
}
