using System.Collections.Generic;
using Fpe.Compute;

namespace Fpe;

/// <summary>A layer that computes the mean of each unit of a sequence over its places, as declared.</summary>
/// <param name="Name">The name of the property that declares the layer.</param>
/// <param name="Units">The number of units at each place, which is the number of outputs.</param>
/// <param name="Places">The number of places.</param>
/// <param name="ReadsTokens">Whether it also reads tokens, and leaves out places without a token.</param>
/// <exception cref="PlanException">The name is not a C# identifier, or a number is less than 1 or too large.</exception>
public sealed partial record MeanPoolPlan(string Name, int Units, int Places, bool ReadsTokens = false)
    : LayerPlan(Name, SequenceWidth.Of(Name, "the number of units", Units, Places), Units)
{
    /// <summary>Gets the number of units at each place, which is the number of outputs.</summary>
    public int Units => Outputs;

    /// <summary>Gets the number of places.</summary>
    public int Places => Inputs / Outputs;

    /// <summary>Gets whether it also reads tokens, and leaves out places without a token.</summary>
    public bool ReadsTokens { get; } = ReadsTokens;

    /// <inheritdoc/>
    public override ImageShape? InputImage => new ImageShape(Units, 1, Places);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<int> InputWidths => ReadsTokens ? [Inputs, Places] : [Inputs];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterPlan> Parameters => [];

    /// <inheritdoc/>
    protected internal override OutputUnits OutputUnits => OutputUnits.OfFirstInput;

    /// <inheritdoc/>
    protected internal override void Describe(IPlanFields fields)
    {
        fields.Add("kind", "MeanPool");
        fields.Add("places", Places);
    }
}
