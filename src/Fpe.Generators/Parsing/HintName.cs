using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Parsing;

/// <summary>Names the emitted file after the metadata name of its class.</summary>
internal static class HintName
{
    private const string Extension = ".g.cs";

    /// <summary>The maximum length of a name in common file systems.</summary>
    private const int MaximumBytes = 255;

    /// <summary>
    /// Returns the full metadata name, such as <c>Samples.Outer+Net`1.g.cs</c>. The compiler ignores the case of hint names, so a class
    /// whose name differs from another only in case gets a hash of its exact name as well. So does a name that is too long for a file,
    /// because projects can let the compiler write the files; its end is cut off.
    /// </summary>
    public static string Of(INamedTypeSymbol type)
    {
        string name = MetadataNameOf(type);
        bool hasNamesake = HasNamesake(type) || Around(type).Any(HasNamesake);

        string hash = hasNamesake || Encoding.UTF8.GetByteCount(name + Extension) > MaximumBytes ? "-" + Hash(name) : string.Empty;
        int length = name.Length;
        while (Encoding.UTF8.GetByteCount(name.Substring(0, length) + hash + Extension) > MaximumBytes)
            length--;
        return name.Substring(0, length) + hash + Extension;
    }

    /// <summary>Returns the full name of a class in metadata, such as <c>Samples.Outer+Net`1</c>.</summary>
    public static string MetadataNameOf(INamedTypeSymbol type) =>
        Around(type).Aggregate(type.MetadataName, (name, outer) => outer.MetadataName + (outer is INamedTypeSymbol ? "+" : ".") + name);

    /// <summary>Returns the types and namespaces around a class, innermost first.</summary>
    private static IEnumerable<INamespaceOrTypeSymbol> Around(INamedTypeSymbol type)
    {
        for (ISymbol outer = type.ContainingSymbol; outer is INamespaceOrTypeSymbol { MetadataName.Length: > 0 } around; outer = outer.ContainingSymbol)
            yield return around;
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
