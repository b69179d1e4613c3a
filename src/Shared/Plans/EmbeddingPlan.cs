using System.Collections.Generic;
using Fpe.Compute;

namespace Fpe;

/// <summary>A layer that looks up a row of a table for each token, as declared. Its output is a sequence.</summary>
/// <param name="Name">The name of the property that declares the layer.</param>
/// <param name="Places">The largest number of tokens of a sample.</param>
/// <param name="Vocabulary">The number of different tokens, which is the number of rows.</param>
/// <param name="Dimension">The number of units at each place, which is the length of a row.</param>
/// <param name="HasPositions">Whether a learned vector for each place is added.</param>
/// <exception cref="PlanException">The name is not a C# identifier, or a number is less than 1 or too large.</exception>
public sealed partial record EmbeddingPlan(string Name, int Places, int Vocabulary, int Dimension, bool HasPositions = false)
    : LayerPlan(Name, Places, SequenceWidth.Of(Name, "the dimension", Dimension, Places))
{
    /// <summary>Gets the largest number of tokens of a sample.</summary>
    public int Places { get; } = Places;

    /// <summary>Gets the number of different tokens, which is the number of rows.</summary>
    public int Vocabulary { get; } = TableSize.RequireVocabulary(Name, Vocabulary, Dimension);

    /// <summary>Gets the number of units at each place, which is the length of a row.</summary>
    public int Dimension { get; } = Dimension;

    /// <summary>Gets whether a learned vector for each place is added.</summary>
    public bool HasPositions { get; } = HasPositions;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterPlan> Parameters => HasPositions
        ? [new("weight", ParameterRole.Table, Vocabulary, Dimension), new("positions", ParameterRole.Table, Places, Dimension)]
        : [new("weight", ParameterRole.Table, Vocabulary, Dimension)];

    /// <inheritdoc/>
    protected internal override OutputUnits OutputUnits => OutputUnits.Declared;

    /// <inheritdoc/>
    protected internal override int OutputPlaces => Places;

    /// <inheritdoc/>
    protected internal override void Describe(IPlanFields fields)
    {
        fields.Add("kind", "Embedding");
        fields.Add("vocabulary", Vocabulary);
        fields.Add("dimension", Dimension);
        fields.Add("positions", HasPositions ? 1 : 0);
    }
}
