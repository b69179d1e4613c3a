using System.Linq;
using Fpe.Generators.Declarations;
using Fpe.Generators.Kinds;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.Generators.Checks;

/// <summary>Finds classes that declare layers but lack <c>[Model]</c> and <c>[Block]</c>.</summary>
internal static class ForgottenModelCheck
{
    /// <summary>
    /// Whether a node is a property of a type whose declaration has neither <c>[Model]</c> nor <c>[Block]</c>. It uses syntax only, so it costs nothing for those.
    /// </summary>
    public static bool IsCandidate(SyntaxNode node)
    {
        if (node is not PropertyDeclarationSyntax { Parent: TypeDeclarationSyntax type })
            return false;
        foreach (AttributeListSyntax list in type.AttributeLists)
        {
            foreach (AttributeSyntax attribute in list.Attributes)
            {
                if (DeclaresClass(attribute.Name))
                    return false;
            }
        }

        return true;
    }

    /// <summary>Returns the error. Only the first <c>[Linear]</c> property of a class produces it, so there is one per class.</summary>
    public static Finding? Find(IPropertySymbol property)
    {
        INamedTypeSymbol type = property.ContainingType;
        if (type.GetAttributes().Any(attribute => attribute.AttributeClass?.ToDisplayString() is AttributeNames.ModelMetadataName or AttributeNames.BlockMetadataName))
            return null;

        (string Name, LayerKind[] Kinds)[] layers =
        [
            .. type.GetMembers().OfType<IPropertySymbol>().Select(member => (member.Name, LayersOf(member))).Where(layer => layer.Item2.Length > 0),
        ];
        if (layers.First(layer => layer.Kinds.Contains(LayerKinds.Linear)).Name != property.Name)
            return null;

        LayerKind first = layers[0].Kinds[0];
        string arguments = first == LayerKinds.Input ? string.Empty
            : first.ReadsTokens ? $"{AttributeNames.Tokens}: …, {AttributeNames.Vocabulary}: …"
            : first.ReadsImages
            ? $"{AttributeNames.Channels}: …, {AttributeNames.Height}: …, {AttributeNames.Width}: …"
            : $"{AttributeNames.Inputs}: …";
        var findings = new Findings();
        findings.AddFixable(
            DeclarationRules.ForgottenModel, NameOf(property, type), FixData.ModelArguments, arguments.Replace("…", "0"),
            type.Name, layers[0].Name, arguments);
        return findings.All[0];
    }

    /// <summary>Returns the location of the class name in the part that declares the property.</summary>
    private static Location NameOf(IPropertySymbol property, INamedTypeSymbol type) =>
        property.DeclaringSyntaxReferences[0].GetSyntax().Parent is TypeDeclarationSyntax declaration
            ? declaration.Identifier.GetLocation()
            : type.Locations[0];

    private static LayerKind[] LayersOf(IPropertySymbol property) =>
        [.. DeclaredAttribute.AllOn(property).Select(attribute => LayerKinds.Find(attribute.Name)).OfType<LayerKind>()];

    private static bool DeclaresClass(NameSyntax name)
    {
        string simple = name switch
        {
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
            SimpleNameSyntax plain => plain.Identifier.ValueText,
            _ => string.Empty,
        };
        return simple is AttributeNames.Model or AttributeNames.Model + "Attribute" or AttributeNames.Block or AttributeNames.Block + "Attribute";
    }
}
