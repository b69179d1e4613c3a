namespace Samples.Paper.Results;

/// <summary>The course of the training loss in few numbers.</summary>
internal static class LossCurve
{
    /// <summary>More epochs than this are averaged in stretches.</summary>
    public const int MaximumPoints = 50;

    /// <summary>The losses themselves, or the means of <see cref="MaximumPoints"/> stretches whose lengths differ by at most one epoch.</summary>
    /// <param name="losses">Mean training loss of each epoch.</param>
    public static IReadOnlyList<double> Of(IReadOnlyList<double> losses)
    {
        int points = Math.Min(losses.Count, MaximumPoints);
        var curve = new double[points];
        for (int p = 0; p < points; p++)
        {
            (int start, int end) = (Start(p), Start(p + 1));
            for (int epoch = start; epoch < end; epoch++)
                curve[p] += losses[epoch] / (end - start);
        }

        return curve;

        int Start(int point) => (int)((long)point * losses.Count / points);
    }
}
