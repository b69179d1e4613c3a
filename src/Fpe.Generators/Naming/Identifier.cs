using Microsoft.CodeAnalysis.CSharp;

namespace Fpe.Generators.Naming;

/// <summary>Turns names into identifiers of C#.</summary>
internal static class Identifier
{
    /// <summary>Adds @ where the name is a keyword, if only in some places (<c>record</c>, <c>field</c>, <c>value</c>).</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None
            ? "@" + name
            : name;

    /// <summary>Lowers the first letter.</summary>
    public static string CamelCase(string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);
}
