namespace Samples.Paper.Claims;

/// <summary>An effect with its 95 % confidence interval.</summary>
/// <param name="Mean">The effect: the mean of paired differences, or a correlation.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
/// <param name="Count">Seeds, or, for a correlation, pairs of runs that it was computed from.</param>
/// <param name="Unit">What the numbers are: <c>points</c> of test accuracy, or <c>r</c>.</param>
internal sealed record Effect(double Mean, double Low, double High, int Count, string Unit);
