namespace Fpe.Cli.Models;

/// <summary>Finds the model that the command line specifies.</summary>
internal static class ModelSelection
{
    /// <summary>Returns the model with the specified traits; the others are those of the first model.</summary>
    /// <param name="study">The study with the available models.</param>
    /// <param name="wanted">Returns the specified value of a trait; null if none was specified.</param>
    /// <exception cref="StudyException">There is no such model; the message lists the available ones.</exception>
    public static StudyModel Find(StudyDefinition study, Func<ModelTrait, string?> wanted)
    {
        foreach (ModelTrait trait in ModelTrait.All)
            RequireKnown(study, trait, wanted(trait));

        string Value(ModelTrait trait) => wanted(trait) ?? trait.Of(study.Models[0]);
        return study.Models.FirstOrDefault(model => ModelTrait.All.All(trait => Same(trait.Of(model), Value(trait))))
            ?? throw new StudyException($"{study.Name} has no model with {Describe(Value)}; it has: {Describe(study.Models)}.");
    }

    private static void RequireKnown(StudyDefinition study, ModelTrait trait, string? value)
    {
        IReadOnlyList<string> known = trait.ValuesIn(study.Models);
        if (value is not null && !known.Any(knownValue => Same(knownValue, value)))
            throw new StudyException($"{trait.Option} {value}: there is no such model; use {Listing.Or(known)}.");
    }

    private static bool Same(string value, string other) => string.Equals(value, other, StringComparison.OrdinalIgnoreCase);

    private static string Describe(Func<ModelTrait, string> value) =>
        string.Join(' ', ModelTrait.All.Select(trait => $"{trait.Option} {value(trait)}"));

    private static string Describe(IEnumerable<StudyModel> models) =>
        string.Join("; ", models.Select(model => $"{model.ExpandedLayer.Neurons} {model.ExpansionLabel}"));
}
