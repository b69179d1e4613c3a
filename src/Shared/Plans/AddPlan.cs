using System.Collections.Generic;
using System.Linq;

namespace Fpe;

/// <summary>A layer that adds values, as declared; <see cref="LayerPlan.From"/> names them.</summary>
/// <param name="Name">The name of the property that declares the layer.</param>
/// <param name="Width">The number of values per sample of each input in the dense parent.</param>
/// <exception cref="PlanException">The name is not a C# identifier, or the width is out of range.</exception>
public sealed partial record AddPlan(string Name, int Width) : LayerPlan(Name, Width, Width)
{
    /// <summary>Gets the number of values per sample of each input in the dense parent.</summary>
    public int Width => Outputs;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<int> InputWidths => [.. Enumerable.Repeat(Width, From.Count)];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterPlan> Parameters => [];

    /// <inheritdoc/>
    protected internal override OutputUnits OutputUnits => OutputUnits.OfInput;

    /// <inheritdoc/>
    protected internal override void Describe(IPlanFields fields) => fields.Add("kind", "Add");
}
