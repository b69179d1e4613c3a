using System.Collections.Generic;
using Fpe.Compute;

namespace Fpe;

/// <summary>A layer that applies a function to each value, as it was declared.</summary>
/// <param name="Name">Name of the property that declares the layer.</param>
/// <param name="Width">Values per sample in the dense parent.</param>
/// <param name="Function">The function.</param>
/// <exception cref="PlanException">The name is no C# identifier, the width is out of range, or the function is none.</exception>
public sealed partial record ActivationPlan(string Name, int Width, ActivationFunction Function) : LayerPlan(Name, Width, Width)
{
    /// <summary>Values per sample in the dense parent.</summary>
    public int Width => Outputs;

    /// <summary>The function.</summary>
    public ActivationFunction Function { get; init => field = PlanException.RequireDefined(Name, value); } = PlanException.RequireDefined(Name, Function);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterPlan> Parameters => [];

    /// <inheritdoc/>
    protected internal override OutputUnits OutputUnits => OutputUnits.OfInput;
}
