using Fpe.Compute;

namespace Fpe.Generators.Kinds;

/// <summary><c>[AvgPool2d]</c>: the mean of each window.</summary>
internal sealed class AvgPool2dKind : Pool2dKind<AvgPool2dPlan>
{
    /// <inheritdoc/>
    public override string Name => "AvgPool2d";

    /// <inheritdoc/>
    protected override string Reduction => "mean";

    /// <inheritdoc/>
    protected override bool IsLinear => true;

    /// <inheritdoc/>
    protected override AvgPool2dPlan PlanOf(string name, ImageShape input, int kernel, int stride, int padding) =>
        new(name, input, kernel, stride, padding);
}
