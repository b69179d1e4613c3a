using System;
using System.Collections.Generic;
using System.Linq;

namespace Fpe.Generators.Manifests;

/// <summary>Finds the class of a manifest among the full names of classes in metadata.</summary>
internal static class ManifestOwner
{
    /// <summary>Returns the class that a manifest asks for: a name, with or without namespace and surrounding types.</summary>
    public static string NameOf(ManifestFile file) => file.Class ?? file.Manifest?.Model ?? string.Empty;

    /// <summary>Returns the classes that have the name that a manifest asks for: that with exactly this full name, if there is one.</summary>
    public static string[] Find(ManifestFile file, IEnumerable<string> metadataNames)
    {
        string wanted = NameOf(file);
        string[] similar = [.. metadataNames.Where(name => FullNameOf(name) == wanted || FullNameOf(name).EndsWith("." + wanted, StringComparison.Ordinal))];
        string[] exact = [.. similar.Where(name => FullNameOf(name) == wanted)];
        return exact.Length > 0 ? exact : similar;
    }

    /// <summary>Returns the name of a class with namespace and surrounding types, without type parameters.</summary>
    public static string FullNameOf(string metadataName) => string.Join(".", metadataName.Split('.', '+').Select(part => part.Split('`')[0]));
}
