using Fpe.Compute;

namespace Fpe.Generators.Kinds;

/// <summary><c>[MaxPool2d]</c>: the largest value of each window.</summary>
internal sealed class MaxPool2dKind : Pool2dKind<MaxPool2dPlan>
{
    /// <inheritdoc/>
    public override string Name => "MaxPool2d";

    /// <inheritdoc/>
    protected override string Reduction => "largest";

    /// <inheritdoc/>
    protected override bool IsLinear => false;

    /// <inheritdoc/>
    protected override MaxPool2dPlan PlanOf(string name, ImageShape input, int kernel, int stride, int padding) =>
        new(name, input, kernel, stride, padding);
}
