using System;
using System.Collections.Generic;
using System.Linq;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.Generators.Checks;

/// <summary>
/// Finds members and types that hide the enums of the language: in <c>strategy: Split.Random</c>, a method <c>Split</c> of the class takes
/// precedence, and the compiler only reports that a method is not valid there.
/// </summary>
internal static class EnumNameCheck
{
    private static readonly Type[] Enums = [typeof(Split), typeof(Outgoing), typeof(NumberFormat)];

    public static void Run(INamedTypeSymbol type, UserCode code, CSharpCompilation compilation, Findings findings)
    {
        Check(type, type.Name, compilation, findings);
        foreach (IPropertySymbol property in code.MembersOf(type).OfType<IPropertySymbol>())
            Check(property, $"{type.Name}.{property.Name}", compilation, findings);
    }

    private static void Check(ISymbol declared, string subject, CSharpCompilation compilation, Findings findings)
    {
        IEnumerable<MemberAccessExpressionSyntax> values = DeclaredAttribute.AllOn(declared)
            .SelectMany(attribute => attribute.Expressions)
            .OfType<MemberAccessExpressionSyntax>();
        foreach (MemberAccessExpressionSyntax value in values)
        {
            if (value.Expression is IdentifierNameSyntax name
                && Enums.FirstOrDefault(type => type.Name == name.Identifier.ValueText) is { } meant
                && Enum.IsDefined(meant, value.Name.Identifier.ValueText)
                && MeaningOf(name, compilation) is { } meaning)
            {
                findings.AddFixable(
                    DeclarationRules.OtherEnum, value.GetLocation(), FixData.Enum, meant.Name, subject, meant.Name, meaning, value);
            }
        }
    }

    /// <summary>Returns what the name refers to; null if it is the enum of the language or nothing.</summary>
    private static string? MeaningOf(IdentifierNameSyntax name, CSharpCompilation compilation)
    {
        SymbolInfo info = compilation.GetSemanticModel(name.SyntaxTree).GetSymbolInfo(name);
        if ((info.Symbol ?? info.CandidateSymbols.FirstOrDefault()) is not { } symbol)
            return null;
        string meaning = symbol.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);
        return meaning == $"{AttributeNames.Namespace}.{name.Identifier.ValueText}" ? null : meaning;
    }
}
