using System;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.CodeFixes;

/// <summary>Inserts a <c>Flatten</c> layer before a <c>Linear</c> layer that would read an image.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class InsertFlattenCodeFix : CodeFixProvider
{
    private const string Name = "Features";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [ImageRules.NeedsFlatten.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<PropertyDeclarationSyntax>() is not { Parent: TypeDeclarationSyntax type } linear)
            return;

        SyntaxNode fixedRoot = root.InsertNodesBefore(linear, [FlattenBefore(linear, FreeName(type))]);
        context.RegisterCodeFix(
            CodeAction.Create(
                "Add a Flatten layer before it",
                _ => Task.FromResult(context.Document.WithSyntaxRoot(fixedRoot)),
                nameof(InsertFlattenCodeFix)),
            context.Diagnostics);
    }

    /// <summary>Creates a property with the same accessibility, indentation and preceding empty lines.</summary>
    private static MemberDeclarationSyntax FlattenBefore(PropertyDeclarationSyntax linear, string name)
    {
        SyntaxTriviaList leading = linear.GetLeadingTrivia();
        string emptyLines = string.Concat(leading.TakeWhile(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)));
        string indentation = leading.LastOrDefault(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).ToString();
        string endOfLine = linear.GetTrailingTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)).ToString();
        if (endOfLine.Length == 0)
            endOfLine = "\n";

        string modifiers = linear.Modifiers.ToString();
        string text = $"{emptyLines}{indentation}[Flatten]{endOfLine}{indentation}{modifiers} Flatten {name} {{ get; }}{endOfLine}";
        return SyntaxFactory.ParseMemberDeclaration(text)!;
    }

    private static string FreeName(TypeDeclarationSyntax type)
    {
        string[] taken = [.. type.Members.OfType<PropertyDeclarationSyntax>().Select(property => property.Identifier.ValueText)];
        string name = Name;
        for (int attempt = 2; taken.Contains(name, StringComparer.Ordinal); attempt++)
            name = $"{Name}{attempt}";
        return name;
    }
}
