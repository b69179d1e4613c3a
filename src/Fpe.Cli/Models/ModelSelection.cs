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

        string[] traits = [.. ModelTrait.All.Select(trait => wanted(trait) ?? trait.Of(study.Models[0]))];
        return study.Models.FirstOrDefault(model => TraitsOf(model).SequenceEqual(traits, StringComparer.OrdinalIgnoreCase))
            ?? throw new StudyException($"{study.Name} has no model with {Describe(traits)}; it has: {string.Join("; ", study.Models.Select(model => Describe(TraitsOf(model))))}.");
    }

    private static void RequireKnown(StudyDefinition study, ModelTrait trait, string? value)
    {
        string[] known = [.. trait.ValuesIn(study.Models)];
        if (value is not null && !known.Contains(value, StringComparer.OrdinalIgnoreCase))
            throw new StudyException($"{trait.Option} {value}: {study.Name} has no such model; use {Listing.Or(known)}.");
    }

    private static IEnumerable<string> TraitsOf(StudyModel model) => ModelTrait.All.Select(trait => trait.Of(model));

    private static string Describe(IEnumerable<string> traits) =>
        string.Join(", ", ModelTrait.All.Zip(traits, (trait, value) => $"{trait.Name} {value}"));
}
