using System.Collections.Generic;
using System.Linq;

namespace Fpe;

/// <summary>A layer that puts values one after the other, as it was declared; <see cref="LayerPlan.From"/> names them.</summary>
/// <param name="Name">Name of the property that declares the layer.</param>
/// <param name="Widths">Values per sample of each of them in the dense parent.</param>
/// <exception cref="PlanException">The name is no C# identifier, or a width is out of range.</exception>
public sealed partial record ConcatPlan(string Name, IReadOnlyList<int> Widths) : LayerPlan(Name, SumOf(Name, Widths), SumOf(Name, Widths))
{
    /// <summary>Values per sample of each of the values in the dense parent.</summary>
    public IReadOnlyList<int> Widths { get; } = Widths.ToValueList();

    /// <inheritdoc/>
    protected internal override IReadOnlyList<int> InputWidths => Widths;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterPlan> Parameters => [];

    /// <inheritdoc/>
    protected internal override OutputUnits OutputUnits => OutputUnits.OfAllInputs;

    private static int SumOf(string name, IReadOnlyList<int> widths) =>
        RequireWidth(name, "outputs", widths.Sum(width => (long)PlanException.RequirePositive(name, "the width of a value", width)));
}
