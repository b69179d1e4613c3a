using Fpe.Compute;

namespace Fpe.Interference;

/// <summary>
/// The similarity of the neurons of a layer: the mean of cos(r, s) = w_r · w_s / (‖w_r‖ · ‖w_s‖) over all pairs r &lt; s of rows of the
/// weight matrix whose norm is not zero; 0 if there are no pairs.
/// </summary>
internal static class CosineSimilarity
{
    /// <summary>The mean of cos(r, s).</summary>
    /// <param name="layout">The edges of the layer.</param>
    /// <param name="slotWeights">One weight per slot of <paramref name="layout"/>; 0 at holes.</param>
    public static double Mean(EdgeLayout layout, ReadOnlySpan<double> slotWeights) => Mean(UnitRows.Of(layout, slotWeights));

    /// <summary>The mean of |cos(r, s)|.</summary>
    /// <inheritdoc cref="Mean(EdgeLayout, ReadOnlySpan{double})" path="/param"/>
    public static double MeanAbsolute(EdgeLayout layout, ReadOnlySpan<double> slotWeights) =>
        MeanAbsolute(UnitRows.Of(layout, slotWeights));

    /// <summary>
    /// Computes the mean of cos(r, s) without iterating over pairs: for n vectors u of norm 1, Σ_{r ≠ s} u_r · u_s = ‖Σ_r u_r‖² − n.
    /// </summary>
    internal static double Mean(UnitRows rows)
    {
        if (rows.Count < 2)
            return 0;

        var sum = new double[rows.Width];
        for (int r = 0; r < rows.Count; r++)
        {
            ReadOnlySpan<int> columns = rows.Columns(r);
            ReadOnlySpan<double> values = rows.Values(r);
            for (int i = 0; i < columns.Length; i++)
                sum[columns[i]] += values[i];
        }

        return (sum.Sum(x => x * x) - rows.Count) / ((double)rows.Count * (rows.Count - 1));
    }

    /// <summary>The mean of |cos(r, s)|, pair by pair.</summary>
    internal static double MeanAbsolute(UnitRows rows) =>
        rows.Count < 2 ? 0 : 2 * PairwiseCosines.AbsoluteSum(rows) / ((double)rows.Count * (rows.Count - 1));
}
