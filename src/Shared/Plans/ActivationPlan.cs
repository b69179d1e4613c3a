using System.Collections.Generic;
using Fpe.Compute;

namespace Fpe;

/// <summary>A layer that applies a function to each value, as declared.</summary>
/// <param name="Name">The name of the property that declares the layer.</param>
/// <param name="Width">The number of values per sample in the dense parent.</param>
/// <param name="Function">The function.</param>
/// <exception cref="PlanException">The name is not a C# identifier, the width is out of range, or the function is not defined.</exception>
public sealed partial record ActivationPlan(string Name, int Width, ElementFunction Function) : LayerPlan(Name, Width, Width)
{
    /// <summary>Gets the number of values per sample in the dense parent.</summary>
    public int Width => Outputs;

    /// <summary>Gets the function.</summary>
    public ElementFunction Function { get; init => field = ElementFunction.Require(Name, value); } = ElementFunction.Require(Name, Function);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterPlan> Parameters => [];

    /// <inheritdoc/>
    protected internal override OutputUnits OutputUnits => OutputUnits.OfInput;

    /// <inheritdoc/>
    protected internal override void Describe(IPlanFields fields)
    {
        fields.Add("kind", "Activation");
        fields.Add(Function);
    }
}
