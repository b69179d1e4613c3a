using System.Collections.Generic;

namespace Fpe.Manifests;

/// <summary>The fields in which a trained model may differ from the class that loads it.</summary>
internal static class FreeFields
{
    /// <summary>The field that tells how neurons are expanded, or the prefix of several.</summary>
    public const string Expansion = "expansion";

    /// <summary>The fields that can always differ: the name of the class, and training rates, which do not affect the weights.</summary>
    public static readonly HashSet<string> Always = ["model", "rate", "dropConnect", "momentum"];

    /// <summary>The fields that matter only to expanded models, because a dense parent can be expanded in several ways.</summary>
    public static readonly HashSet<string> OfDenseParents = [.. Always, Expansion, ModelManifest.ExpandedWeights, "countBiases"];

    /// <summary>Whether a field of a manifest can differ.</summary>
    /// <param name="field">The name of the field.</param>
    /// <param name="isExpanded">Whether the trained model is expanded.</param>
    public static bool Contains(string field, bool isExpanded) => Always.Contains(field)
        || (!isExpanded && (OfDenseParents.Contains(field) || field.StartsWith(Expansion + ".", System.StringComparison.Ordinal)));
}
