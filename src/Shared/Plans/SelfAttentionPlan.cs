using System.Collections.Generic;
using Fpe.Compute;

namespace Fpe;

/// <summary>A layer in which each place of a sequence attends to all places, as declared.</summary>
/// <param name="Name">The name of the property that declares the layer.</param>
/// <param name="Units">The number of outputs at each place; it reads as many queries, keys and values.</param>
/// <param name="Places">The number of places.</param>
/// <param name="Heads">The number of heads, which divides the units.</param>
/// <param name="ReadsTokens">Whether it also reads tokens, and gives places without a token no attention.</param>
/// <exception cref="PlanException">The name is not a C# identifier, a number is out of range, or the heads do not divide the units.</exception>
public sealed partial record SelfAttentionPlan(string Name, int Units, int Places, int Heads, bool ReadsTokens = false)
    : LayerPlan(Name, InputWidth(Name, Units, Places), SequenceWidth.Of(Name, "the number of units", Units, Places))
{
    /// <summary>Gets the number of outputs at each place, the number of places and the number of heads.</summary>
    public AttentionShape Shape { get; } = ShapeOf(Name, Units, Places, Heads);

    /// <summary>Gets the number of outputs at each place.</summary>
    public int Units => Shape.Units;

    /// <summary>Gets the number of places.</summary>
    public int Places => Shape.Places;

    /// <summary>Gets the number of heads.</summary>
    public int Heads => Shape.Heads;

    /// <summary>Gets whether it also reads tokens, and gives places without a token no attention.</summary>
    public bool ReadsTokens { get; } = ReadsTokens;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<int> InputWidths => ReadsTokens ? [Inputs, Places] : [Inputs];

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterPlan> Parameters => [];

    /// <inheritdoc/>
    protected internal override OutputUnits OutputUnits => OutputUnits.Declared;

    /// <inheritdoc/>
    protected internal override int OutputPlaces => Places;

    private static int InputWidth(string name, int units, int places) =>
        RequireWidth(name, "inputs", 3L * SequenceWidth.Of(name, "the number of units", units, places));

    private static AttentionShape ShapeOf(string name, int units, int places, int heads)
    {
        var shape = new AttentionShape(name, units, places, heads);
        RequireWidth(name, "numbers that say how much each place attends to each", shape.ProbabilityCount);
        return shape;
    }

    /// <inheritdoc/>
    protected internal override void Describe(IPlanFields fields)
    {
        fields.Add("kind", "SelfAttention");
        fields.Add("places", Places);
        fields.Add("heads", Heads);
    }
}
