using System.Collections.Generic;
using static System.FormattableString;

namespace Fpe;

/// <summary>A layer normalisation over all values of a sample, or over the units of each place of a sequence, as declared.</summary>
/// <param name="Name">The name of the property that declares the layer.</param>
/// <param name="Width">The number of values per sample in the dense parent.</param>
/// <param name="Epsilon">Added to the variance to prevent division by zero; greater than 0.</param>
/// <param name="Places">The number of places of a sequence, which divides the width; 1 to normalise all values together.</param>
/// <exception cref="PlanException">The name is not a C# identifier, or a number is out of range.</exception>
public sealed partial record LayerNormPlan(string Name, int Width, double Epsilon = 1e-5, int Places = 1) : LayerPlan(Name, Width, Width)
{
    /// <summary>Gets the number of values per sample in the dense parent.</summary>
    public int Width => Outputs;

    /// <summary>Gets the number of places of a sequence, each of which is normalised by itself; 1 to normalise all values together.</summary>
    public int Places { get; } = RequirePlaces(Name, Width, Places);

    /// <summary>Gets the number of values that are normalised together in the dense parent.</summary>
    public int Units => Width / Places;

    /// <summary>Gets the number that is added to the variance.</summary>
    public double Epsilon { get; init => field = RequireEpsilon(Name, value); } = RequireEpsilon(Name, Epsilon);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterPlan> Parameters => [new("weight", ParameterRole.Scale, Units), new("bias", ParameterRole.Shift, Units)];

    /// <inheritdoc/>
    protected internal override OutputUnits OutputUnits => OutputUnits.OfInput;

    /// <inheritdoc/>
    protected internal override int OutputPlaces => Places;

    private static int RequirePlaces(string name, int width, int places) => PlanException.RequirePositive(name, "the number of places", places) is var known && width % known == 0
        ? known
        : throw new PlanException(name, Invariant($"{width} values are not the same number at each of {places} places; make the width a multiple of the places."));

    private static double RequireEpsilon(string name, double epsilon) => epsilon is > 0 and < double.PositiveInfinity
        ? epsilon
        : throw new PlanException(name, Invariant($"epsilon {epsilon} must be greater than 0 and finite."));

    /// <inheritdoc/>
    protected internal override void Describe(IPlanFields fields)
    {
        fields.Add("kind", "LayerNorm");
        fields.Add("epsilon", Epsilon);
        if (Places > 1)
            fields.Add("places", Places);
    }
}
