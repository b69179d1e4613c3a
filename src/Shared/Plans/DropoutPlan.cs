using System.Collections.Generic;
using static System.FormattableString;

namespace Fpe;

/// <summary>A dropout layer as declared.</summary>
/// <param name="Name">The name of the property that declares the layer.</param>
/// <param name="Width">The number of values per sample in the dense parent.</param>
/// <param name="Rate">The probability that a value is set to zero during training; at least 0 and less than 1.</param>
/// <exception cref="PlanException">The name is not a C# identifier, or a number is out of range.</exception>
public sealed partial record DropoutPlan(string Name, int Width, double Rate) : LayerPlan(Name, Width, Width)
{
    /// <summary>Gets the number of values per sample in the dense parent.</summary>
    public int Width => Outputs;

    /// <summary>Gets the probability that a value is set to zero during training; at least 0 and less than 1.</summary>
    public double Rate { get; init => field = RequireRate(Name, value); } = RequireRate(Name, Rate);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterPlan> Parameters => [];

    /// <inheritdoc/>
    protected internal override OutputUnits OutputUnits => OutputUnits.OfInput;

    /// <summary>Returns a rate that is in range.</summary>
    /// <exception cref="PlanException">It is not.</exception>
    internal static double RequireRate(string name, double rate) => rate is >= 0 and < 1
        ? rate
        : throw new PlanException(name, Invariant($"dropout rate {rate} must be at least 0 and less than 1."));

    /// <inheritdoc/>
    protected internal override void Describe(IPlanFields fields)
    {
        fields.Add("kind", "Dropout");
        fields.Add("rate", Rate);
    }
}
