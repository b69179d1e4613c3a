using System;
using System.Collections.Generic;
using System.Linq;
using Fpe.Generators.Model;

namespace Fpe.Generators.Manifests;

/// <summary>Finds the class of a manifest.</summary>
internal static class ManifestOwner
{
    /// <summary>Returns the class that a manifest asks for: a name, with or without namespace and surrounding types.</summary>
    public static string NameOf(ManifestFile file) => file.Class ?? file.Manifest?.Model ?? string.Empty;

    /// <summary>Whether a class has the name that a manifest asks for.</summary>
    public static bool Fits(ManifestFile file, TypeSpec type)
    {
        string wanted = NameOf(file), full = FullNameOf(type);
        return wanted == type.Name || wanted == full || full.EndsWith("." + wanted, StringComparison.Ordinal);
    }

    /// <summary>Returns the name of a class with namespace and surrounding types, without type parameters.</summary>
    public static string FullNameOf(TypeSpec type) => string.Join(".", PartsOf(type.MetadataName));

    private static IEnumerable<string> PartsOf(string metadataName) => metadataName.Split('.', '+').Select(part => part.Split('`')[0]);
}
