using System.Linq;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.Generators.Parsing;

/// <summary>Requires that a layer property is declared such that the generator can implement it.</summary>
internal static class PropertyShape
{
    /// <summary>Checks modifiers, accessors and type.</summary>
    public static void Require(
        IPropertySymbol property, BasePropertyDeclarationSyntax syntax, string attribute, string layer, UserCode code, string subject, Findings findings)
    {
        string wanted = RequireDeclaration(property, syntax, "layer", layer, code, subject, findings);
        string type = $"{AttributeNames.Namespace}.{layer}";
        if (property.Type.TypeKind == TypeKind.Error)
            findings.MarkBroken();
        else if (property.Type.ToDisplayString(NullableFlowState.None) != type || property.NullableAnnotation == NullableAnnotation.Annotated)
        {
            findings.AddFixable(
                DeclarationRules.PropertyType, syntax.Type.GetLocation(), FixData.Type, layer, subject, attribute, syntax.Type, wanted, layer);
        }
    }

    /// <summary>Checks modifiers and accessors; returns the declaration that would be right.</summary>
    /// <param name="property">The property.</param>
    /// <param name="syntax">Its declaration.</param>
    /// <param name="noun">What the property declares, for messages.</param>
    /// <param name="type">The type that it must have, for messages.</param>
    /// <param name="code">The part of the class that its author wrote.</param>
    /// <param name="subject">The property, for messages.</param>
    /// <param name="findings">Receives the errors.</param>
    public static string RequireDeclaration(
        IPropertySymbol property, BasePropertyDeclarationSyntax syntax, string noun, string type, UserCode code, string subject, Findings findings)
    {
        string wanted = Wanted(property, type);
        Location name = code.LocationOf(property);
        if (!syntax.Modifiers.Any(SyntaxKind.PartialKeyword))
            findings.Add(DeclarationRules.PropertyNotPartial, name, subject, noun, wanted);
        if (ProblemOf(property, syntax, code) is var (problem, location))
            findings.Add(DeclarationRules.PropertyNotGetOnly, location ?? name, subject, noun, problem, wanted);
        return wanted;
    }

    /// <summary>Returns the modifiers that the implementing part must repeat, in order.</summary>
    public static string ModifiersToRepeat(BasePropertyDeclarationSyntax syntax) =>
        string.Join(" ", syntax.Modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.PartialKeyword)).Select(modifier => modifier.Text));

    private static string Wanted(IPropertySymbol property, string layer)
    {
        // The name of an explicit implementation is that of the interface and its own, and it is private.
        bool isExplicit = property.ExplicitInterfaceImplementations.Length > 0;
        string accessibility = SyntaxFacts.GetText(isExplicit ? Accessibility.Public : property.DeclaredAccessibility);
        string name = property.IsIndexer ? "Hidden" : Identifier.Escape(property.Name.Substring(property.Name.LastIndexOf('.') + 1));
        return $"{accessibility} partial {layer} {name} {{ get; }}";
    }

    private static (string Problem, Location? Location)? ProblemOf(
        IPropertySymbol property, BasePropertyDeclarationSyntax syntax, UserCode code)
    {
        if (property.IsIndexer)
            return ("is an indexer", null);
        if (syntax.ExplicitInterfaceSpecifier is { } specifier)
            return ("implements an interface explicitly", specifier.GetLocation());
        foreach (SyntaxToken modifier in syntax.Modifiers)
        {
            if (modifier.Kind() is SyntaxKind.StaticKeyword or SyntaxKind.AbstractKeyword or SyntaxKind.OverrideKeyword
                or SyntaxKind.ExternKeyword or SyntaxKind.RequiredKeyword)
            {
                return ($"is {modifier.Text}", modifier.GetLocation());
            }
        }

        if (syntax.Type is RefTypeSyntax reference)
            return ("returns a reference", reference.RefKeyword.GetLocation());
        if (syntax.AccessorList?.Accessors.FirstOrDefault(accessor => !accessor.IsKind(SyntaxKind.GetAccessorDeclaration)) is { } setter)
            return (setter.IsKind(SyntaxKind.InitAccessorDeclaration) ? "has an init accessor" : "has a setter", setter.Keyword.GetLocation());
        return ImplementationOf(property, syntax, code) is { } implementation
            ? ("has its own implementation", implementation.GetLocation())
            : null;
    }

    private static SyntaxNode? ImplementationOf(IPropertySymbol property, BasePropertyDeclarationSyntax syntax, UserCode code)
    {
        if (syntax is PropertyDeclarationSyntax { ExpressionBody: { } body })
            return body;
        if (syntax.AccessorList?.Accessors.FirstOrDefault(accessor => accessor.Body is not null || accessor.ExpressionBody is not null) is { } accessor)
            return accessor;
        return property.PartialImplementationPart is { } part ? code.SyntaxOf(part).FirstOrDefault() : null;
    }
}
