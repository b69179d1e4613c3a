using System.Collections.Generic;
using static System.FormattableString;

namespace Fpe;

/// <summary>A batch normalisation, as declared: of each value of a vector, or of each channel of an image.</summary>
/// <param name="Name">The name of the property that declares the layer.</param>
/// <param name="Units">The number of values of a vector, or of channels of an image, in the dense parent.</param>
/// <param name="Places">1 for a vector, or the number of pixels of a channel.</param>
/// <param name="Epsilon">Added to the variance to prevent division by zero; greater than 0.</param>
/// <param name="Momentum">The weight of the last batch in the running statistics; greater than 0 and at most 1.</param>
/// <exception cref="PlanException">The name is not a C# identifier, or a number is out of range.</exception>
public sealed partial record BatchNormPlan(string Name, int Units, int Places = 1, double Epsilon = 1e-5, double Momentum = 0.1)
    : LayerPlan(Name, WidthOf(Name, Units, Places), WidthOf(Name, Units, Places))
{
    /// <summary>Gets the number of values of a vector, or of channels of an image, in the dense parent.</summary>
    public int Units { get; } = Units;

    /// <summary>Gets 1 for a vector, or the number of pixels of a channel.</summary>
    public int Places { get; } = Places;

    /// <summary>Gets the number that is added to the variance.</summary>
    public double Epsilon { get; init => field = RequireEpsilon(Name, value); } = RequireEpsilon(Name, Epsilon);

    /// <summary>Gets the weight of the last batch in the running statistics.</summary>
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
        : throw new PlanException(name, Invariant($"epsilon {epsilon} must be greater than 0 and finite."));

    private static double RequireMomentum(string name, double momentum) => momentum is > 0 and <= 1
        ? momentum
        : throw new PlanException(name, Invariant($"momentum {momentum} must be greater than 0 and at most 1."));

    /// <inheritdoc/>
    protected internal override void Describe(IPlanFields fields)
    {
        fields.Add("kind", "BatchNorm");
        fields.Add("places", Places);
        fields.Add("epsilon", Epsilon);
        fields.Add("momentum", Momentum);
    }
}
