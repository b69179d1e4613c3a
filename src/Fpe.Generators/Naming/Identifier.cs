using Microsoft.CodeAnalysis.CSharp;

namespace Fpe.Generators.Naming;

/// <summary>Converts names to C# identifiers.</summary>
internal static class Identifier
{
    /// <summary>Adds @ if the name is a keyword, including contextual keywords (<c>record</c>, <c>field</c>, <c>value</c>).</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None
            ? "@" + name
            : name;

    /// <summary>Converts the first letter to lower case.</summary>
    public static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);
}
