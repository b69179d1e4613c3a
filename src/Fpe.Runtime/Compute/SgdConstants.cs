namespace Fpe.Compute;

/// <summary>The constants of one step of <see cref="IKernels.SgdStep"/>.</summary>
/// <param name="LearningRate">η.</param>
/// <param name="Momentum">μ: decay of the velocity, at least 0 and below 1.</param>
/// <param name="Nesterov">Whether the step looks ahead along the velocity.</param>
/// <param name="WeightDecay">λ.</param>
public readonly record struct SgdConstants(double LearningRate, double Momentum, bool Nesterov, double WeightDecay);
