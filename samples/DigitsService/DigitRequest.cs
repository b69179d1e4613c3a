namespace Samples.DigitsService;

/// <summary>A digit to recognise: 64 pixels from 0 to 16, row by row.</summary>
internal sealed record DigitRequest(float[] Pixels);
