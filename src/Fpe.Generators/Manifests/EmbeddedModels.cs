using System.Linq;
using Fpe.Generators.Model;
using Fpe.Generators.Naming;
using Fpe.Manifests;

namespace Fpe.Generators.Manifests;

/// <summary>Gives classes the trained models that the project embeds.</summary>
internal static class EmbeddedModels
{
    /// <summary>Returns the output of the generator for a class with the methods that load its trained model, if there is one.</summary>
    /// <param name="model">The class.</param>
    /// <param name="files">The manifests of the project.</param>
    /// <param name="names">The full names of all models in metadata.</param>
    public static ModelOutput Attach(ModelOutput model, ValueList<ManifestFile> files, ValueList<string> names)
    {
        if (model.Emitted is not { Type.OwnLoader: null } emitted
            || files.FirstOrDefault(file => file is { Manifest: not null, Resource: not null } && ManifestOwner.Find(file, names) is { Length: 1 } owners && owners[0] == emitted.Type.MetadataName) is not { } found)
        {
            return model;
        }

        EmittedType attached = emitted switch
        {
            ModelSpec spec => spec with { Embedded = SpecOf(found.Manifest!, found.Resource!) },
            BrokenModelSpec broken => broken with { IsEmbedded = true },
            _ => throw new System.ArgumentException($"{emitted.Type.Name} is not a model.", nameof(model)),
        };
        return model with { Emitted = attached };
    }

    private static EmbeddedSpec SpecOf(ModelManifest manifest, string resource)
    {
        string count = manifest.Plan.Find(manifest.IsExpanded ? ModelManifest.ExpandedWeights : ModelManifest.DenseWeights) ?? "?";
        return new EmbeddedSpec(resource, manifest.Checksum, manifest.Format, long.TryParse(count, out long weights) ? Words.Count(weights, "weight") : count);
    }
}
