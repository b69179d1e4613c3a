using System.Collections.Generic;
using static System.FormattableString;

namespace Fpe;

/// <summary>A batch normalisation, as it was declared: of each value of a vector, or of each channel of an image.</summary>
/// <param name="Name">Name of the property that declares the layer.</param>
/// <param name="Units">Values of a vector, or channels of an image, in the dense parent.</param>
/// <param name="Places">1 for a vector, or the pixels of a channel.</param>
/// <param name="Epsilon">What is added to the variance, so that nothing is divided by 0; above 0.</param>
/// <param name="Momentum">Share of the last batch in the running statistics; above 0, at most 1.</param>
/// <exception cref="PlanException">The name is no C# identifier, or a number is out of range.</exception>
public sealed partial record BatchNormPlan(string Name, int Units, int Places = 1, double Epsilon = 1e-5, double Momentum = 0.1)
    : LayerPlan(Name, WidthOf(Name, Units, Places), WidthOf(Name, Units, Places))
{
    /// <summary>Values of a vector, or channels of an image, in the dense parent.</summary>
    public int Units { get; } = Units;

    /// <summary>1 for a vector, or the pixels of a channel.</summary>
    public int Places { get; } = Places;

    /// <summary>What is added to the variance.</summary>
    public double Epsilon { get; init => field = RequireEpsilon(Name, value); } = RequireEpsilon(Name, Epsilon);

    /// <summary>Share of the last batch in the running statistics.</summary>
    public double Momentum { get; init => field = RequireMomentum(Name, value); } = RequireMomentum(Name, Momentum);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterPlan> Parameters =>
    [
        new("weight", ParameterRole.Scale, Units), new("bias", ParameterRole.Shift, Units),
        new("running_mean", ParameterRole.Statistic, Units), new("running_var", ParameterRole.Statistic, Units),
    ];

    /// <inheritdoc/>
    protected internal override OutputUnits OutputUnits => OutputUnits.OfInput;

    /// <inheritdoc/>
    protected internal override int OutputPlaces => Places;

    private static int WidthOf(string name, int units, int places) => RequireWidth(
        name, "outputs", (long)PlanException.RequirePositive(name, "the number of units", units) * PlanException.RequirePositive(name, "the number of places", places));

    private static double RequireEpsilon(string name, double epsilon) => epsilon is > 0 and < double.PositiveInfinity
        ? epsilon
        : throw new PlanException(name, Invariant($"epsilon {epsilon} must be above 0 and finite."));

    private static double RequireMomentum(string name, double momentum) => momentum is > 0 and <= 1
        ? momentum
        : throw new PlanException(name, Invariant($"momentum {momentum} must be above 0 and at most 1."));
}
