namespace Fpe.Cli.Models;

/// <summary>Finds the model that the command line asks for.</summary>
internal static class ModelSelection
{
    /// <summary>The model with the wanted traits; those not asked for are the first model's.</summary>
    /// <param name="study">What there is.</param>
    /// <param name="wanted">The value asked for each trait; null where none was.</param>
    /// <exception cref="StudyException">There is no such model; the message lists what there is.</exception>
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
