namespace Fpe;

/// <summary>Consecutive values of a sample: all numbers, or all tokens.</summary>
/// <param name="First">The position of the first value, from 0.</param>
/// <param name="Count">The number of values; for tokens, the largest number.</param>
/// <param name="Vocabulary">The number of different tokens; 0 for numbers.</param>
internal readonly record struct SamplePart(int First, int Count, int Vocabulary)
{
    /// <summary>Returns what the values are, for messages.</summary>
    public override string ToString() => Vocabulary == 0 ? $"{Count} numbers" : $"{Count} tokens of a vocabulary of {Vocabulary}";

    /// <summary>Returns the parts of the samples that a model reads.</summary>
    public static IReadOnlyList<SamplePart> Of(ModelPlan plan)
    {
        SamplePart[] inputs = [.. plan.Layers.OfType<InputPlan>().Select(input => new SamplePart(input.First, input.Count, input.Vocabulary)).OrderBy(part => part.First)];
        if (inputs.Length > 0)
            return inputs;
        LayerPlan[] readers = [.. plan.Layers.Where((_, layer) => plan.SourcesOf(layer).Contains(-1))];
        IEnumerable<int> vocabularies =
            [.. readers.OfType<EmbeddingPlan>().Select(table => table.Vocabulary), .. readers.OfType<EmbeddingBagPlan>().Select(table => table.Vocabulary)];
        return [new SamplePart(0, plan.InputCount, vocabularies.DefaultIfEmpty(0).Min())];
    }
}
