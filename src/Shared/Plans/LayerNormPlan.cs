using System.Collections.Generic;
using static System.FormattableString;

namespace Fpe;

/// <summary>A layer normalisation over all values of a sample, as declared.</summary>
/// <param name="Name">The name of the property that declares the layer.</param>
/// <param name="Width">The number of values per sample in the dense parent.</param>
/// <param name="Epsilon">Added to the variance to prevent division by zero; greater than 0.</param>
/// <exception cref="PlanException">The name is not a C# identifier, or a number is out of range.</exception>
public sealed partial record LayerNormPlan(string Name, int Width, double Epsilon = 1e-5) : LayerPlan(Name, Width, Width)
{
    /// <summary>Gets the number of values per sample in the dense parent.</summary>
    public int Width => Outputs;

    /// <summary>Gets the number that is added to the variance.</summary>
    public double Epsilon { get; init => field = RequireEpsilon(Name, value); } = RequireEpsilon(Name, Epsilon);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterPlan> Parameters => [new("weight", ParameterRole.Scale, Width), new("bias", ParameterRole.Shift, Width)];

    /// <inheritdoc/>
    protected internal override OutputUnits OutputUnits => OutputUnits.OfInput;

    private static double RequireEpsilon(string name, double epsilon) => epsilon is > 0 and < double.PositiveInfinity
        ? epsilon
        : throw new PlanException(name, Invariant($"epsilon {epsilon} must be greater than 0 and finite."));
}
