using System.Globalization;

namespace Samples.Paper.Claims;

/// <summary>Decides whether an effect is what a claim says, by its 95 % confidence interval.</summary>
/// <param name="Description">The rule in words.</param>
/// <param name="Holds">Whether the effect fulfils it.</param>
internal sealed record DecisionRule(string Description, Func<Effect, bool> Holds)
{
    /// <summary>Differences in accuracy below this, in points, do not matter.</summary>
    public const double Margin = 0.5;

    /// <summary>The effect is positive.</summary>
    public static DecisionRule Above { get; } = new("the interval lies above 0", effect => effect.Low > 0);

    /// <summary>The effect is negative.</summary>
    public static DecisionRule Below { get; } = new("the interval lies below 0", effect => effect.High < 0);

    /// <summary>The effect is too small to matter.</summary>
    public static DecisionRule Equal { get; } = new(
        string.Create(CultureInfo.InvariantCulture, $"the interval lies within ±{Margin} points"), effect => effect.Low > -Margin && effect.High < Margin);

    /// <summary>There is no loss that would matter.</summary>
    public static DecisionRule NoWorse { get; } =
        new(string.Create(CultureInfo.InvariantCulture, $"the interval lies above −{Margin} points"), effect => effect.Low > -Margin);

    /// <summary>There is no gain that would matter.</summary>
    public static DecisionRule NoBetter { get; } =
        new(string.Create(CultureInfo.InvariantCulture, $"the interval lies below +{Margin} points"), effect => effect.High < Margin);

    /// <summary>A ratio is near 1.</summary>
    public static DecisionRule NearOne { get; } = new("the interval lies between ½ and 2", effect => effect.Low > 0.5 && effect.High < 2);
}
