using System.Globalization;
using System.Linq;
using Fpe.Manifests;
using static System.FormattableString;

namespace Fpe.Generators.Manifests;

/// <summary>What differs between a class and a trained model.</summary>
/// <param name="Layer">The layer of the class, or the name of the model's layer that the class does not have; empty if it is no layer's.</param>
/// <param name="Field">The name of the field, or which layer.</param>
/// <param name="InClass">The value in the class.</param>
/// <param name="InManifest">The value in the trained model.</param>
internal sealed record ManifestDifference(string Layer, string Field, string InClass, string InManifest)
{
    private const string None = "none";

    /// <summary>
    /// Returns the first difference that matters, or null. Layers are compared in order, because what differs in one changes the inputs of
    /// the next; counts come last, because they follow from the layers.
    /// </summary>
    public static ManifestDifference? First(ModelManifest declared, ModelManifest trained)
    {
        bool isExpanded = trained.IsExpanded;
        if (Between(Part(declared.Plan, ModelManifest.Inputs), Part(trained.Plan, ModelManifest.Inputs), isExpanded) is { } inputs)
            return inputs;
        for (int l = 0; l < declared.Layers.Count || l < trained.Layers.Count; l++)
        {
            ManifestSection? own = l < declared.Layers.Count ? declared.Layers[l] : null, other = l < trained.Layers.Count ? trained.Layers[l] : null;
            if (own is null || other is null || own.Name != other.Name)
                return new ManifestDifference(own?.Name ?? string.Empty, Invariant($"layer {l + 1}"), own?.Name ?? None, other?.Name ?? None);
            if (Between(own, other, isExpanded) is { } difference)
                return difference;
        }

        return Between(declared.Plan, trained.Plan, isExpanded);
    }

    private static ManifestSection Part(ManifestSection section, string field) =>
        section with { Fields = section.Fields.Where(found => found.Name == field).ToValueList() };

    private static ManifestDifference? Between(ManifestSection declared, ManifestSection trained, bool isExpanded) => declared.Fields.Concat(trained.Fields)
        .Where(field => !FreeFields.Contains(field.Name, isExpanded) && !AreEqual(declared.Find(field.Name), trained.Find(field.Name)))
        .Select(field => new ManifestDifference(declared.Name, field.Name, declared.Find(field.Name) ?? None, trained.Find(field.Name) ?? None))
        .FirstOrDefault();

    /// <summary>Compares values; .NET Framework, on which some editors run the compiler, writes some numbers with more digits.</summary>
    private static bool AreEqual(string? one, string? other) => one == other
        || (double.TryParse(one, NumberStyles.Float, CultureInfo.InvariantCulture, out double first)
            && double.TryParse(other, NumberStyles.Float, CultureInfo.InvariantCulture, out double second)
            && first.Equals(second));
}
