using System.Collections.Generic;

namespace Fpe;

/// <summary>A layer that computes the mean or the sum of the rows of a table that a sample's tokens name, as declared.</summary>
/// <param name="Name">The name of the property that declares the layer.</param>
/// <param name="Places">The largest number of tokens of a sample.</param>
/// <param name="Vocabulary">The number of different tokens, which is the number of rows.</param>
/// <param name="Dimension">The number of outputs, which is the length of a row.</param>
/// <param name="Mode">Whether the rows are averaged or added.</param>
/// <exception cref="PlanException">
/// The name is not a C# identifier, a number is less than 1 or too large, or the mode is not defined.
/// </exception>
public sealed partial record EmbeddingBagPlan(string Name, int Places, int Vocabulary, int Dimension, BagMode Mode = BagMode.Mean)
    : LayerPlan(Name, Places, PlanException.RequirePositive(Name, "the dimension", Dimension))
{
    /// <summary>Gets the largest number of tokens of a sample.</summary>
    public int Places => Inputs;

    /// <summary>Gets the number of different tokens, which is the number of rows.</summary>
    public int Vocabulary { get; } = TableSize.RequireVocabulary(Name, Vocabulary, Dimension);

    /// <summary>Gets the number of outputs, which is the length of a row.</summary>
    public int Dimension => Outputs;

    /// <summary>Gets whether the rows are averaged or added.</summary>
    public BagMode Mode { get; } = PlanException.RequireDefined(Name, Mode);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterPlan> Parameters => [new("weight", ParameterRole.Table, Vocabulary, Dimension)];

    /// <inheritdoc/>
    protected internal override OutputUnits OutputUnits => OutputUnits.Declared;

    /// <inheritdoc/>
    protected internal override void Describe(IPlanFields fields)
    {
        fields.Add("kind", "EmbeddingBag");
        fields.Add("vocabulary", Vocabulary);
        fields.Add("mode", Mode.ToString());
    }
}
