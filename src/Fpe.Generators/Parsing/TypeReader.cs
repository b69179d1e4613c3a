using System.Collections.Generic;
using System.Linq;
using Fpe.Generators.Declarations;
using Fpe.Generators.Model;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.Generators.Parsing;

/// <summary>Reads how the class is declared, and whether members can be added to it.</summary>
internal static class TypeReader
{
    /// <summary>Describes the class; returns null if no second part of it can be written.</summary>
    /// <param name="model">The model or block.</param>
    /// <param name="code">The part of the class that its author wrote.</param>
    /// <param name="findings">Receives the errors.</param>
    /// <param name="canBeModel">Whether the class can get constructors and, if it is a model, a base class.</param>
    public static TypeSpec? Read(DeclaredModel model, UserCode code, Findings findings, out bool canBeModel)
    {
        INamedTypeSymbol type = model.Type;
        INamedTypeSymbol[] chain = [.. Around(type).Reverse(), type];
        bool canBeReopened = RequirePartial(chain, type, code, findings);
        canBeModel = RequireSupportedKind(model, code, findings);
        if (!canBeReopened || type.IsStatic || chain.Any(part => part.IsFileLocal))
            return null;

        return new TypeSpec(
            HintName.Of(type),
            NamespaceOf(type),
            chain.Take(chain.Length - 1).Select(HeaderOf).ToValueList(),
            HeaderOf(type),
            type.Name,
            HintName.MetadataNameOf(type),
            ReferenceTo(type),
            code.MembersOf(type).Select(member => member.Name).FirstOrDefault(MemberNames.Loaders.Contains));
    }

    private static IEnumerable<INamedTypeSymbol> Around(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            yield return outer;
    }

    private static bool RequirePartial(INamedTypeSymbol[] chain, INamedTypeSymbol type, UserCode code, Findings findings)
    {
        bool all = true;
        foreach (INamedTypeSymbol part in chain)
        {
            if (code.DeclarationsOf(part).FirstOrDefault(syntax => !syntax.Modifiers.Any(SyntaxKind.PartialKeyword)) is not { } syntax)
                continue;
            all = false;
            string declared = $"{KeywordOf(part)} {part.Name}";
            findings.Add(
                DeclarationRules.NotPartial, syntax.Identifier.GetLocation(),
                type.Name, ReferenceEquals(part, type) ? declared : "containing " + declared, declared);
        }

        return all;
    }

    private static bool RequireSupportedKind(DeclaredModel model, UserCode code, Findings findings)
    {
        INamedTypeSymbol type = model.Type;
        (string Kind, string Remedy)? problem = type switch
        {
            { IsRecord: true } => ("a record", "declare it as a class"),
            { IsStatic: true } => ("a static class", "remove 'static'"),
            { IsAbstract: true } => ("an abstract class", "remove 'abstract'"),
            { IsFileLocal: true } => ("a file-local class", "remove 'file'"),
            _ when Around(type).FirstOrDefault(outer => outer.IsFileLocal) is { } outer =>
                ($"nested in the file-local type {outer.Name}", "remove 'file' there"),
            _ when code.DeclarationsOf(type).Any(part => part.ParameterList is not null) =>
                ("a class with a primary constructor", model.IsBlock ? "use properties instead" : "use an ordinary constructor that calls 'this(seed)'"),
            _ when DeclaredAttribute.AllOn(type).Exists(attribute => attribute.Name is AttributeNames.Model or AttributeNames.Block && attribute.Name != model.Attribute.Name) =>
                ($"a {(model.IsBlock ? "model" : "block")} as well", "remove [Model] or [Block]"),
            { BaseType: { SpecialType: not SpecialType.System_Object, TypeKind: not TypeKind.Error } given }
                when model.IsBlock || given.ToDisplayString() != AttributeNames.RuntimeModelMetadataName =>
                ($"derived from {given.Name}", model.IsBlock ? "remove the base class" : "remove the base class, because models derive from Fpe.Model"),
            _ => null,
        };
        if (problem is not var (kind, remedy))
            return type.BaseType is not { TypeKind: TypeKind.Error };

        findings.Add(DeclarationRules.UnsupportedClass, code.LocationOf(type), type.Name, model.Noun, kind, remedy);
        return false;
    }

    private static string NamespaceOf(INamedTypeSymbol type)
    {
        var parts = new List<string>();
        for (INamespaceSymbol space = type.ContainingNamespace; !space.IsGlobalNamespace; space = space.ContainingNamespace)
            parts.Insert(0, Identifier.Escape(space.Name));
        return string.Join(".", parts);
    }

    private static string HeaderOf(INamedTypeSymbol type) => $"partial {KeywordOf(type)} {ReferenceTo(type)}";

    private static string KeywordOf(INamedTypeSymbol type) => type switch
    {
        { IsRecord: true, TypeKind: TypeKind.Struct } => "record struct",
        { IsRecord: true } => "record",
        { TypeKind: TypeKind.Struct } => "struct",
        { TypeKind: TypeKind.Interface } => "interface",
        _ => "class",
    };

    private static string ReferenceTo(INamedTypeSymbol type)
    {
        string parameters = string.Join(", ", type.TypeParameters.Select(parameter => Identifier.Escape(parameter.Name)));
        return Identifier.Escape(type.Name) + (parameters.Length == 0 ? string.Empty : $"<{parameters}>");
    }
}
