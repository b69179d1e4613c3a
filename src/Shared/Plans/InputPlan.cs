using System.Collections.Generic;
using static System.FormattableString;

namespace Fpe;

/// <summary>One of several inputs of a sample, as declared: consecutive values of the sample.</summary>
/// <param name="Name">The name of the property that declares it.</param>
/// <param name="SampleWidth">The number of values of a sample.</param>
/// <param name="First">The position of its first value in a sample, from 0.</param>
/// <param name="Count">The number of its values.</param>
/// <param name="Vocabulary">The number of different tokens; 0 if the values are numbers.</param>
/// <exception cref="PlanException">The name is not a C# identifier, or a number is out of range.</exception>
public sealed partial record InputPlan(string Name, int SampleWidth, int First, int Count, int Vocabulary = 0)
    : LayerPlan(Name, SampleWidth, PlanException.RequirePositive(Name, "the number of values", Count))
{
    /// <summary>Gets the position of its first value in a sample, from 0.</summary>
    public int First { get; } = First >= 0 && First + (long)Count <= SampleWidth
        ? First
        : throw new PlanException(Name, Invariant($"the values {First} to {First + (long)Count - 1} are not in a sample of {SampleWidth}; correct the first value or their number."));

    /// <summary>Gets the number of its values.</summary>
    public int Count => Outputs;

    /// <summary>Gets the number of different tokens; 0 if the values are numbers.</summary>
    public int Vocabulary { get; } = Vocabulary == 0 ? 0 : TableSize.RequireVocabulary(Name, Vocabulary, dimension: 1);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterPlan> Parameters => [];

    /// <inheritdoc/>
    protected internal override OutputUnits OutputUnits => OutputUnits.Declared;

    /// <inheritdoc/>
    protected internal override void Describe(IPlanFields fields)
    {
        fields.Add("kind", "Input");
        fields.Add("first", First);
        fields.Add("vocabulary", Vocabulary);
    }
}
