using System;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Parsing;

/// <summary>Names the emitted file after the metadata name of its class.</summary>
internal static class HintName
{
    /// <summary>
    /// The full metadata name, such as <c>Samples.Outer+Net`1.g.cs</c>. The compiler compares hint names without regard to
    /// case, so a class that has a namesake in other letters gets a hash of its exact name as well.
    /// </summary>
    public static string Of(INamedTypeSymbol type)
    {
        string name = type.MetadataName;
        bool hasNamesake = HasNamesake(type);
        for (ISymbol outer = type.ContainingSymbol; outer is INamespaceOrTypeSymbol { MetadataName.Length: > 0 }; outer = outer.ContainingSymbol)
        {
            name = outer.MetadataName + (outer is INamedTypeSymbol ? "+" : ".") + name;
            hasNamesake |= HasNamesake((INamespaceOrTypeSymbol)outer);
        }

        return name + (hasNamesake ? "-" + Hash(name) : string.Empty) + ".g.cs";
    }

    private static bool HasNamesake(INamespaceOrTypeSymbol symbol) =>
        symbol.ContainingSymbol is INamespaceOrTypeSymbol container
        && container.GetMembers().OfType<INamespaceOrTypeSymbol>().Any(other =>
            other.Name != symbol.Name && string.Equals(other.Name, symbol.Name, StringComparison.OrdinalIgnoreCase));

    /// <summary>FNV-1a, because <c>GetHashCode</c> of a string differs from run to run.</summary>
    private static string Hash(string text)
    {
        uint hash = 2166136261;
        foreach (char letter in text)
            hash = unchecked((hash ^ letter) * 16777619);
        return hash.ToString("x8", CultureInfo.InvariantCulture);
    }
}
