using static System.FormattableString;

namespace Samples.Paper.Claims;

/// <summary>Decides a claim by the 95 % confidence interval of an effect, which must be strictly between two numbers.</summary>
/// <param name="Description">Description of the rule.</param>
/// <param name="Low">The effect must be greater than this.</param>
/// <param name="High">The effect must be less than this.</param>
internal sealed record DecisionRule(string Description, double Low, double High)
{
    /// <summary>Differences in accuracy below this, in points, do not matter.</summary>
    public const double Margin = 0.5;

    /// <summary>The effect is positive.</summary>
    public static DecisionRule Above { get; } = new("the interval lies above 0", 0, double.PositiveInfinity);

    /// <summary>The effect is negative.</summary>
    public static DecisionRule Below { get; } = new("the interval lies below 0", double.NegativeInfinity, 0);

    /// <summary>The effect is too small to matter.</summary>
    public static DecisionRule Equal { get; } = new(Invariant($"the interval lies within ±{Margin} points"), -Margin, Margin);

    /// <summary>There is no loss that would matter.</summary>
    public static DecisionRule NoWorse { get; } = new(Invariant($"the interval lies above −{Margin} points"), -Margin, double.PositiveInfinity);

    /// <summary>There is no gain that would matter.</summary>
    public static DecisionRule NoBetter { get; } = new(Invariant($"the interval lies below +{Margin} points"), double.NegativeInfinity, Margin);

    /// <summary>A ratio is near 1.</summary>
    public static DecisionRule NearOne { get; } = new("the interval lies between ½ and 2", 0.5, 2);

    /// <summary>Returns the verdict for an effect.</summary>
    public Verdict Decide(Effect effect)
    {
        if (effect.Low > Low && effect.High < High)
            return Verdict.Reproduced;
        return effect.High <= Low || effect.Low >= High ? Verdict.Contradicted : Verdict.Undecided;
    }

    /// <summary>
    /// Returns the number of seeds, or pairs, that would decide: with that many, the interval of this mean, at this spread, does not reach
    /// the nearer bound.
    /// </summary>
    /// <returns>Null if the mean equals a bound, because no number would decide.</returns>
    public int? CountToDecide(Effect effect)
    {
        double bound = Math.Abs(effect.Mean - Low) < Math.Abs(effect.Mean - High) ? Low : High;
        return effect.CountToExclude(bound);
    }
}
