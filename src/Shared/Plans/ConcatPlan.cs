using System.Collections.Generic;
using System.Linq;

namespace Fpe;

/// <summary>A layer that concatenates values, as declared; <see cref="LayerPlan.From"/> names them.</summary>
/// <param name="Name">The name of the property that declares the layer.</param>
/// <param name="Widths">The number of values per sample of each input in the dense parent.</param>
/// <exception cref="PlanException">The name is not a C# identifier, or a width is out of range.</exception>
public sealed partial record ConcatPlan(string Name, IReadOnlyList<int> Widths) : LayerPlan(Name, SumOf(Name, Widths), SumOf(Name, Widths))
{
    /// <summary>Gets the number of values per sample of each input in the dense parent.</summary>
    public IReadOnlyList<int> Widths { get; } = Widths.ToValueList();

    /// <inheritdoc/>
    protected internal override IReadOnlyList<int> InputWidths => Widths;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterPlan> Parameters => [];

    /// <inheritdoc/>
    protected internal override OutputUnits OutputUnits => OutputUnits.OfAllInputs;

    private static int SumOf(string name, IReadOnlyList<int> widths) =>
        RequireWidth(name, "outputs", widths.Sum(width => (long)PlanException.RequirePositive(name, "the width of a value", width)));

    /// <inheritdoc/>
    protected internal override void Describe(IPlanFields fields) => fields.Add("kind", "Concat");
}
