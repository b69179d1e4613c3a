namespace Samples.DigitsService;

/// <summary>A digit and its probability.</summary>
internal sealed record DigitAnswer(string Digit, float Probability);
