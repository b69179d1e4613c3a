namespace Fpe.Compute;

/// <summary>The constants of a weighted cross-entropy, such as <see cref="IKernels.WeightedSoftmaxCrossEntropy"/>.</summary>
/// <param name="Scale">Factor of the sum: 1 / the sum of the weights, or 0 if that is 0; finite.</param>
/// <param name="Smoothing">ε: the part of each target that is spread evenly, at least 0 and below 1.</param>
/// <param name="Gamma">γ: the exponent of the focal loss, at least 0; 0 is plain cross-entropy.</param>
public readonly record struct LossConstants(double Scale, double Smoothing, double Gamma);
