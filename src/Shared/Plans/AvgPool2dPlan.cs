using Fpe.Compute;

namespace Fpe;

/// <summary>A layer that keeps the mean of each window, as it was declared.</summary>
/// <inheritdoc/>
public sealed partial record AvgPool2dPlan(string Name, ImageShape Input, int Kernel, int Stride) : Pool2dPlan(Name, Input, Kernel, Stride);
