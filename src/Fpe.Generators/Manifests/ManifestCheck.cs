using System;
using System.Collections.Generic;
using System.Linq;
using Fpe.Counting;
using Fpe.Generators.Model;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using Fpe.Manifests;
using static System.FormattableString;

namespace Fpe.Generators.Manifests;

/// <summary>Compares the manifests of a project with its models.</summary>
internal static class ManifestCheck
{
    /// <summary>Returns what is wrong.</summary>
    /// <param name="models">The models of the project, with or without errors.</param>
    /// <param name="files">The manifests.</param>
    public static IEnumerable<ManifestError> Find(IReadOnlyList<EmittedType> models, IReadOnlyList<ManifestFile> files)
    {
        var embedded = new Dictionary<string, ManifestFile>(StringComparer.Ordinal);
        foreach (ManifestFile file in files)
        {
            if (file.Manifest is null)
            {
                yield return ManifestError.InFile(ManifestRules.Unreadable, file.Path, file.Problem!.Line, file.Name, file.Problem.Text);
                continue;
            }

            string[] names = ManifestOwner.Find(file, models.Select(model => model.Type.MetadataName));
            EmittedType[] owners = [.. models.Where(model => names.Contains(model.Type.MetadataName))];
            if (owners.Length != 1)
            {
                yield return WithoutOwner(file, owners.Length == 0 ? models : owners, owners.Length);
                continue;
            }

            TypeSpec type = owners[0].Type;
            if (owners[0] is ModelSpec model && Difference(model, file.Manifest) is { } difference)
                yield return Differs(model, difference, file);
            if (file.Resource is null)
                continue;
            if (embedded.TryGetValue(type.MetadataName, out ManifestFile first))
                yield return ManifestError.InFile(ManifestRules.SecondModel, file.Path, file.NameLine, type.Name, first.Name, file.Name);
            else
                embedded.Add(type.MetadataName, file);
            if (type.OwnLoader is { } member)
            {
                yield return ManifestError.InClass(
                    DeclarationRules.NameCollision, type.MetadataName, member,
                    type.Name, "a member", $"the generated method {member}, which loads {file.Resource}", "rename it");
            }
        }
    }

    private static ManifestDifference? Difference(ModelSpec model, ModelManifest trained)
    {
        ModelGraph graph = model.Graph;
        return ManifestDifference.First(
            ModelManifest.Of(model.Type.Name, model.Sample.Count, graph, model.Plans, model.Count(graph), isExpanded: true, NumberFormat.Float, checksum: string.Empty), trained);
    }

    /// <summary>Reports a difference at the property of the layer, or of the block that has it.</summary>
    private static ManifestError Differs(ModelSpec model, ManifestDifference difference, ManifestFile file)
    {
        string[] path = difference.Layer.Length == 0 ? [] : difference.Layer.Split('.');
        return ManifestError.InClass(
            ManifestRules.PlanDiffers, model.Type.MetadataName, path.FirstOrDefault(),
            string.Join(".", [model.Type.Name, .. path]), difference.Field, difference.InClass, difference.InManifest, file.Name);
    }

    private static ManifestError WithoutOwner(ManifestFile file, IReadOnlyList<EmittedType> models, int owners)
    {
        string[] names = [.. models.Select(model => ManifestOwner.FullNameOf(model.Type.MetadataName)).OrderBy(name => name, StringComparer.Ordinal)];
        (string problem, string fix) = owners > 0 ? (Invariant($"{owners} models have this name"), $"name one as the Class of the FpeModel item: {Words.Either(names)}")
            : names.Length > 0 ? ("the project has no such model", $"name its class as the Class of the FpeModel item, {Words.Either(names)}, or remove the file")
            : ("the project has no models", "remove the file");
        return ManifestError.InFile(ManifestRules.OtherModel, file.Path, file.NameLine, file.Name, ManifestOwner.NameOf(file), problem, fix);
    }
}
