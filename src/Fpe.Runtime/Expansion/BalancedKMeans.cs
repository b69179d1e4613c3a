using System.Numerics;
using Fpe.Numerics;

namespace Fpe.Expansion;

/// <summary>
/// k-means with clusters whose sizes differ by at most one. Centres are initialised as in k-means++ (Arthur and Vassilvitskii, 2007). In
/// each round, points are assigned one by one to the nearest cluster that is not full, in descending order of what they have to lose (the
/// distance to the farthest centre minus the distance to the nearest); then centres move to the means. The algorithm stops after the first
/// round that does not lower the cost, Σ ‖point − its centre‖².
/// </summary>
/// <param name="points">[n, <paramref name="dimension"/>], row by row.</param>
/// <param name="dimension">Numbers per point.</param>
internal sealed class BalancedKMeans(double[] points, int dimension)
{
    private const int MaximumRounds = 50;

    private readonly int count = points.Length / dimension;

    /// <summary>Returns the cluster of each point.</summary>
    /// <param name="clusters">From 1 to the number of points.</param>
    /// <param name="random">Random numbers for the initial centres.</param>
    public int[] Cluster(int clusters, RandomStream random)
    {
        double[] centres = FirstCentres(clusters, random);
        int[] best = [];
        double lowestCost = double.PositiveInfinity;
        for (int round = 0; round < MaximumRounds; round++)
        {
            double[] distances = Distances(centres, clusters);
            int[] clusterOf = Assign(distances, clusters);
            double cost = Cost(distances, clusterOf, clusters);
            if (best.Length > 0 && !(cost < lowestCost))
                break;
            (best, lowestCost) = (clusterOf, cost);
            centres = Means(clusterOf, clusters);
        }

        return best;
    }

    private ReadOnlySpan<double> Point(int index) => points.AsSpan(index * dimension, dimension);

    private double[] FirstCentres(int clusters, RandomStream random)
    {
        var centres = new double[clusters * dimension];
        var nearest = new double[count];
        Array.Fill(nearest, double.PositiveInfinity);
        int chosen = random.NextInt32(count);
        for (int c = 0; c < clusters; c++)
        {
            Span<double> centre = centres.AsSpan(c * dimension, dimension);
            Point(chosen).CopyTo(centre);
            for (int p = 0; p < count; p++)
                nearest[p] = Math.Min(nearest[p], SquaredDistance(Point(p), centre));
            chosen = DrawInProportion(nearest, random);
        }

        return centres;
    }

    private static int DrawInProportion(double[] weights, RandomStream random)
    {
        double left = random.NextDouble() * weights.Sum();
        for (int i = 0; i < weights.Length; i++)
        {
            left -= weights[i];
            if (left < 0)
                return i;
        }

        return random.NextInt32(weights.Length);
    }

    private double[] Distances(double[] centres, int clusters)
    {
        var distances = new double[count * clusters];
        for (int p = 0; p < count; p++)
        {
            for (int c = 0; c < clusters; c++)
                distances[(p * clusters) + c] = SquaredDistance(Point(p), centres.AsSpan(c * dimension, dimension));
        }

        return distances;
    }

    private int[] Assign(double[] distances, int clusters)
    {
        var toLose = new double[count];
        for (int p = 0; p < count; p++)
            toLose[p] = Spread(distances.AsSpan(p * clusters, clusters));

        (int size, int larger) = Math.DivRem(count, clusters);
        var sizes = new int[clusters];
        var clusterOf = new int[count];
        foreach (int p in Enumerable.Range(0, count).OrderByDescending(p => toLose[p]))
        {
            int limit = larger > 0 ? size + 1 : size;
            int nearest = -1;
            for (int c = 0; c < clusters; c++)
            {
                if (sizes[c] < limit && (nearest < 0 || distances[(p * clusters) + c] < distances[(p * clusters) + nearest]))
                    nearest = c;
            }

            clusterOf[p] = nearest;
            if (++sizes[nearest] > size)
                larger--;
        }

        return clusterOf;
    }

    private static double Spread(ReadOnlySpan<double> distances)
    {
        (double least, double most) = (distances[0], distances[0]);
        foreach (double distance in distances)
            (least, most) = (Math.Min(least, distance), Math.Max(most, distance));
        return most - least;
    }

    private static double Cost(double[] distances, int[] clusterOf, int clusters)
    {
        double cost = 0;
        for (int p = 0; p < clusterOf.Length; p++)
            cost += distances[(p * clusters) + clusterOf[p]];
        return cost;
    }

    private double[] Means(int[] clusterOf, int clusters)
    {
        var means = new double[clusters * dimension];
        var sizes = new int[clusters];
        for (int p = 0; p < count; p++)
        {
            sizes[clusterOf[p]]++;
            Span<double> mean = means.AsSpan(clusterOf[p] * dimension, dimension);
            ReadOnlySpan<double> point = Point(p);
            for (int i = 0; i < dimension; i++)
                mean[i] += point[i];
        }

        for (int i = 0; i < means.Length; i++)
            means[i] /= sizes[i / dimension];
        return means;
    }

    private static double SquaredDistance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Vector<double> sums = Vector<double>.Zero;
        int i = 0;
        for (; i <= a.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            Vector<double> difference = new Vector<double>(a[i..]) - new Vector<double>(b[i..]);
            sums += difference * difference;
        }

        double sum = Vector.Sum(sums);
        for (; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }
}
