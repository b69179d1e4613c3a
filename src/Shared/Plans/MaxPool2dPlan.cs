using Fpe.Compute;

namespace Fpe;

/// <summary>A layer that keeps the largest value of each window, as it was declared.</summary>
/// <inheritdoc/>
public sealed partial record MaxPool2dPlan(string Name, ImageShape Input, int Kernel, int Stride) : Pool2dPlan(Name, Input, Kernel, Stride);
