using Fpe.Data;
using Fpe.Numerics;

namespace Fpe.Runtime.Tests.Training;

/// <summary>A small problem that a network learns: the class is the one of a few directions that the sample lies furthest along.</summary>
internal static class TrainingData
{
    /// <param name="samples">Number of samples.</param>
    /// <param name="features">Values per sample.</param>
    /// <param name="classes">Classes that occur.</param>
    /// <param name="seed">Seed of the samples.</param>
    /// <param name="declared">Classes of the data set, if some of them do not occur.</param>
    public static Dataset Directions(int samples, int features, int classes, long seed = 1, int? declared = null)
    {
        var random = new RandomStream(seed, RandomPurpose.Synthesis);
        var values = new float[samples * features];
        var labels = new int[samples];
        for (int s = 0; s < samples; s++)
        {
            Span<float> sample = values.AsSpan(s * features, features);
            for (int f = 0; f < features; f++)
                sample[f] = (2 * random.NextSingle()) - 1;
            labels[s] = Largest(sample, classes);
        }

        return Dataset.OfClasses("directions", features, values, labels, declared ?? classes);
    }

    private static int Largest(ReadOnlySpan<float> sample, int classes)
    {
        int best = 0;
        double bestSum = double.NegativeInfinity;
        for (int c = 0; c < classes; c++)
        {
            double sum = 0;
            for (int f = c; f < sample.Length; f += classes)
                sum += sample[f];
            if (sum > bestSum)
                (best, bestSum) = (c, sum);
        }

        return best;
    }
}
