namespace Fpe.Metrics;

/// <summary>Measures how well scores rank the true samples before the others. Equal scores are one step of the curve.</summary>
public static class BinaryRanking
{
    /// <summary>
    /// Returns the area under the receiver operating characteristic: the probability that a true sample has a higher score than another one,
    /// equal scores counting half.
    /// </summary>
    /// <param name="scores">A score for each sample; higher means more likely.</param>
    /// <param name="truth">Whether each sample is true.</param>
    /// <exception cref="ArgumentException">The lengths differ, a score is not a number, or all samples are true or none is.</exception>
    public static double RocAuc(ReadOnlySpan<float> scores, ReadOnlySpan<bool> truth)
    {
        (long positives, long negatives) = Count(scores, truth);
        if (positives == 0 || negatives == 0)
            throw new ArgumentException($"{positives} of {truth.Length} samples are true, so there is nothing to rank; pass samples of both kinds.", nameof(truth));
        (double area, long above) = (0, 0);
        foreach ((long of, long others) in Steps(scores, truth))
        {
            area += others * (above + (of / 2.0));
            above += of;
        }

        return area / ((double)positives * negatives);
    }

    /// <summary>Returns the sum over the steps of the precision-recall curve of precision · increase of recall.</summary>
    /// <param name="scores">A score for each sample; higher means more likely.</param>
    /// <param name="truth">Whether each sample is true.</param>
    /// <exception cref="ArgumentException">The lengths differ, a score is not a number, or no sample is true.</exception>
    public static double AveragePrecision(ReadOnlySpan<float> scores, ReadOnlySpan<bool> truth)
    {
        (long positives, _) = Count(scores, truth);
        if (positives == 0)
            throw new ArgumentException($"None of {truth.Length} samples is true, so there is nothing to find; pass samples of both kinds.", nameof(truth));
        (double sum, long found, long taken) = (0, 0, 0);
        foreach ((long of, long others) in Steps(scores, truth))
        {
            found += of;
            taken += of + others;
            sum += (double)found / taken * of / positives;
        }

        return sum;
    }

    private static (long Positives, long Negatives) Count(ReadOnlySpan<float> scores, ReadOnlySpan<bool> truth)
    {
        if (scores.Length != truth.Length)
            throw new ArgumentException($"{scores.Length} scores, but {truth.Length} samples; pass one for each.", nameof(scores));
        foreach (float score in scores)
        {
            if (float.IsNaN(score))
                throw new ArgumentException("A score is not a number.", nameof(scores));
        }

        long positives = truth.Count(true);
        return (positives, truth.Length - positives);
    }

    /// <summary>Returns, from the highest score to the lowest, how many true and how many other samples have it.</summary>
    private static List<(long True, long Others)> Steps(ReadOnlySpan<float> scores, ReadOnlySpan<bool> truth)
    {
        float[] keys = scores.ToArray();
        bool[] values = truth.ToArray();
        Array.Sort(keys, values);
        var steps = new List<(long True, long Others)>();
        for (int s = keys.Length - 1; s >= 0; s--)
        {
            if (s == keys.Length - 1 || keys[s] != keys[s + 1])
                steps.Add((0, 0));
            (long of, long others) = steps[^1];
            steps[^1] = values[s] ? (of + 1, others) : (of, others + 1);
        }

        return steps;
    }
}
