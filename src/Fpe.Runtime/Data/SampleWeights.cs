namespace Fpe.Data;

/// <summary>The weights of a data set in a loss, computed once.</summary>
/// <param name="Values">The factor of the loss of each sample.</param>
/// <param name="Shares">What each sample adds to the sum that a mean is divided by.</param>
/// <param name="Outputs">A weight for each output, or for its positive targets; null if the loss has none.</param>
internal sealed record SampleWeights(float[] Values, double[] Shares, float[]? Outputs);
