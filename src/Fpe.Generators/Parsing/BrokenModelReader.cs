using System.Collections.Generic;
using System.Linq;
using Fpe.Generators.Declarations;
using Fpe.Generators.Model;
using Fpe.Generators.Naming;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.Generators.Parsing;

/// <summary>Reads the members of a broken model or block that the compiler would report as missing.</summary>
internal static class BrokenModelReader
{
    public static BrokenModelSpec Read(TypeSpec spec, DeclaredModel model, bool canBeModel, bool canBeUsed, UserCode code)
    {
        IEnumerable<BrokenPropertySpec> properties =
            from property in code.MembersOf(model.Type).OfType<IPropertySymbol>().GroupBy(property => property.Name).Select(same => same.First())
            where property is { IsPartialDefinition: true, IsIndexer: false, ReturnsByRef: false, ReturnsByRefReadonly: false }
                && property.Type.TypeKind != TypeKind.Error
                && (property.PartialImplementationPart is not { } part || !code.SyntaxOf(part).Any())
            let syntax = code.SyntaxOf(property).OfType<PropertyDeclarationSyntax>().FirstOrDefault()
            let accessors = syntax?.AccessorList?.Accessors
            where accessors is not null
            let attributes = DeclaredAttribute.AllOn(property)
            where attributes.Count > 0 || UseReader.IsUse(property, syntax, attributes)
            select new BrokenPropertySpec(
                PropertyShape.ModifiersToRepeat(syntax!),
                property.Type.ToDisplayString(FullyQualified),
                Identifier.Escape(property.Name),
                accessors.Value.Select(Header).ToValueList());
        return new BrokenModelSpec(spec, model.IsBlock, canBeModel, canBeUsed, model.HasImages, model.HasTables, properties.ToValueList());
    }

    private static SymbolDisplayFormat FullyQualified { get; } = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static string Header(AccessorDeclarationSyntax accessor) =>
        string.Join(" ", accessor.Modifiers.Add(accessor.Keyword).Select(token => token.Text));
}
