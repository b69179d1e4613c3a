using System.Linq;

namespace Fpe.Manifests;

/// <summary>A part of a manifest: what it says of the model as a whole, or of a layer.</summary>
/// <param name="Name">The name of the layer, or its path; empty for the model.</param>
/// <param name="Fields">The fields, whose names are unique.</param>
internal sealed record ManifestSection(string Name, ValueList<ManifestField> Fields)
{
    /// <summary>Returns the value of a field; null if there is none.</summary>
    public string? Find(string field) => Fields.FirstOrDefault(found => found.Name == field)?.Value;
}
