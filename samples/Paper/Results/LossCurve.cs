namespace Samples.Paper.Results;

/// <summary>A summary of the training loss over epochs.</summary>
internal static class LossCurve
{
    /// <summary>With more epochs than this, losses are averaged over intervals.</summary>
    public const int MaximumPoints = 50;

    /// <summary>
    /// Returns the losses, or their means over <see cref="MaximumPoints"/> intervals whose lengths differ by at most one epoch.
    /// </summary>
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
