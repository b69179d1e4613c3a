namespace Fpe.Compute;

/// <summary>The constants of one step of <see cref="IKernels.AdamStep"/>.</summary>
/// <param name="LearningRate">η.</param>
/// <param name="Beta1">β₁: decay of the first moment, at least 0 and below 1.</param>
/// <param name="Beta2">β₂: decay of the second moment, at least 0 and below 1.</param>
/// <param name="Epsilon">ε: added to the root of the second moment.</param>
/// <param name="WeightDecay">λ.</param>
/// <param name="Decoupled">Whether the decay acts on the weight itself (AdamW) instead of the gradient.</param>
/// <param name="Step">t: number of this step, from 1.</param>
public readonly record struct AdamConstants(
    double LearningRate, double Beta1, double Beta2, double Epsilon, double WeightDecay, bool Decoupled, long Step);
