namespace Fpe.Cli.Models;

/// <summary>Finds the model that the command line specifies.</summary>
internal static class ModelSelection
{
    /// <summary>Returns the model with the specified traits that has most of the other traits in common with the first model.</summary>
    /// <param name="study">The study with the available models.</param>
    /// <param name="wanted">Returns the specified value of a trait; null if none was specified.</param>
    /// <exception cref="StudyException">There is no such model; the message lists the available ones.</exception>
    public static StudyModel Find(StudyDefinition study, Func<ModelTrait, string?> wanted)
    {
        foreach (ModelTrait trait in ModelTrait.All)
            RequireKnown(study, trait, wanted(trait));

        return study.Models
            .Where(model => ModelTrait.All.All(trait => wanted(trait) is not { } value || Same(trait.Of(model), value)))
            .MaxBy(model => ModelTrait.All.Count(trait => Same(trait.Of(model), trait.Of(study.Models[0]))))
            ?? throw new StudyException($"{study.Name} has no model with {Describe(wanted)}; it has: {Describe(study.Models)}.");
    }

    private static void RequireKnown(StudyDefinition study, ModelTrait trait, string? value)
    {
        IReadOnlyList<string> known = trait.ValuesIn(study.Models);
        if (value is not null && !known.Any(knownValue => Same(knownValue, value)))
            throw new StudyException($"{trait.Option} {value}: there is no such model; use {Listing.Or(known)}.");
    }

    private static bool Same(string value, string other) => string.Equals(value, other, StringComparison.OrdinalIgnoreCase);

    private static string Describe(Func<ModelTrait, string?> wanted) =>
        string.Join(' ', ModelTrait.All.Where(trait => wanted(trait) is not null).Select(trait => $"{trait.Option} {wanted(trait)}"));

    private static string Describe(IEnumerable<StudyModel> models) =>
        string.Join("; ", models.Select(model => $"{model.ExpandedLayer.Neurons} {model.ExpansionLabel}"));
}
