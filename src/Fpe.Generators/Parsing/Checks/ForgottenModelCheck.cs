using System.Linq;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.Generators.Parsing.Checks;

/// <summary>Finds classes that declare layers, but lack <c>[Model]</c>.</summary>
internal static class ForgottenModelCheck
{
    /// <summary>Whether a node is a property of a type whose declaration has no <c>[Model]</c>: without semantics, so that models cost nothing.</summary>
    public static bool IsCandidate(SyntaxNode node) =>
        node is PropertyDeclarationSyntax { Parent: TypeDeclarationSyntax type }
        && !type.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => IsModel(attribute.Name));

    /// <summary>The error, at the first layer of the class, so that there is one for each class.</summary>
    /// <param name="property">A property with a layer's attribute.</param>
    /// <param name="kind">The attribute.</param>
    public static Finding? Find(IPropertySymbol property, string kind)
    {
        INamedTypeSymbol type = property.ContainingType;
        if (type.GetAttributes().Any(attribute => attribute.AttributeClass?.ToDisplayString() == AttributeNames.ModelMetadataName))
            return null;

        (string Name, string? Kind) first = type.GetMembers()
            .OfType<IPropertySymbol>()
            .Select(member => (member.Name, LayerOf(member)))
            .First(member => member.Item2 is not null);
        if (first != (property.Name, kind))
            return null;

        string arguments = kind is AttributeNames.Linear or AttributeNames.Dropout
            ? $"{AttributeNames.Inputs}: …"
            : $"{AttributeNames.Channels}: …, {AttributeNames.Height}: …, {AttributeNames.Width}: …";
        var findings = new Findings();
        findings.AddFixable(
            DeclarationRules.ForgottenModel, NameOf(property, type), FixData.ModelArguments, arguments.Replace("…", "0"),
            type.Name, property.Name, arguments);
        return findings.All[0];
    }

    /// <summary>The name of the class where it declares the property.</summary>
    private static Location NameOf(IPropertySymbol property, INamedTypeSymbol type) =>
        property.DeclaringSyntaxReferences[0].GetSyntax().Parent is TypeDeclarationSyntax declaration
            ? declaration.Identifier.GetLocation()
            : type.Locations[0];

    private static string? LayerOf(IPropertySymbol property) => DeclaredAttribute.AllOn(property)
        .Select(attribute => attribute.Name)
        .FirstOrDefault(AttributeNames.Layers.Contains);

    private static bool IsModel(NameSyntax name)
    {
        string simple = name switch
        {
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
            SimpleNameSyntax plain => plain.Identifier.ValueText,
            _ => string.Empty,
        };
        return simple is AttributeNames.Model or AttributeNames.Model + "Attribute";
    }
}
