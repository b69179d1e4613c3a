using System;
using System.IO;
using System.Threading;
using Fpe.Manifests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Fpe.Generators.Manifests;

/// <summary>A manifest that is an additional file of the project. It consists of values only.</summary>
/// <param name="Path">The path of the file.</param>
/// <param name="Resource">The resource that is the model file; null if the model is not embedded.</param>
/// <param name="Class">The class that the project names; null to take the one that the manifest names.</param>
/// <param name="Manifest">The manifest; null if it cannot be read.</param>
/// <param name="NameLine">The index of the line with the name of the class.</param>
/// <param name="Problem">Why it cannot be read; null if it can.</param>
internal sealed record ManifestFile(string Path, string? Resource, string? Class, ModelManifest? Manifest, int NameLine, ManifestProblem? Problem)
{
    // The metadata of additional files that the targets of the package set.
    private const string ResourceOption = "build_metadata.AdditionalFiles.FpeResource";
    private const string ClassOption = "build_metadata.AdditionalFiles.FpeClass";

    /// <summary>The end of the names that the library gives to manifests.</summary>
    private const string UsualEnd = ".safetensors" + ManifestText.Suffix;

    /// <summary>The name of the file without its folder.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Reads an additional file; returns null if it is no manifest.</summary>
    public static ManifestFile? Read(AdditionalText file, AnalyzerConfigOptions options, CancellationToken cancellation)
    {
        string? resource = Option(options, ResourceOption), className = Option(options, ClassOption);
        SourceText? content = file.GetText(cancellation);
        if (resource is null && className is null && !file.Path.EndsWith(UsualEnd, StringComparison.OrdinalIgnoreCase) && !BeginsAsManifest(content))
            return null;
        if (content?.ToString() is not { } text)
            return new ManifestFile(file.Path, resource, className, null, 0, new ManifestProblem(0, "the file cannot be opened; write the manifest again"));
        ModelManifest? manifest = ManifestReader.Read(text, out int nameLine, out ManifestProblem? problem);
        return new ManifestFile(file.Path, resource, className, manifest, nameLine, problem);
    }

    private static bool BeginsAsManifest(SourceText? text) => text is not null && text.Length >= ManifestText.Signature.Length
        && text.ToString(new TextSpan(0, ManifestText.Signature.Length)) == ManifestText.Signature;

    private static string? Option(AnalyzerConfigOptions options, string key) => options.TryGetValue(key, out string? value) && value.Length > 0 ? value : null;
}
