namespace Fpe.Quantization;

/// <summary>How a network is quantised.</summary>
public sealed record QuantizationOptions
{
    /// <summary>The usual options: every number of the calibration data is within the range of its byte.</summary>
    public static QuantizationOptions Default { get; } = new();

    /// <summary>
    /// Gets the part of the numbers of a value, in per cent, that its range covers; above 50, at most 100. Below 100, the outermost numbers
    /// are cut off so that the others have finer steps: 99.9 leaves out one of 1,000, half of them at either end.
    /// </summary>
    public double Percentile { get; init; } = 100;

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The percentile is not above 50 and at most 100.</exception>
    public void Validate()
    {
        if (!(Percentile is > 50 and <= 100))
            throw new ArgumentOutOfRangeException(nameof(Percentile), Percentile, "The range of a value has to cover more than 50 and at most 100 per cent of its numbers.");
    }
}
