using System.Collections.Immutable;
using System.Composition;
using System.Threading.Tasks;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.CodeFixes;

/// <summary>Adds the missing attribute: <c>[Model]</c> to a class with layers, its budget, or <c>[Relu]</c> to an expanded layer.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddAttributeCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds =>
        [DeclarationRules.ForgottenModel.Id, LayerRules.ExpandedWithoutActivation.Id, CountRules.LearnedBudget.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            SyntaxNode? found = root?.FindNode(diagnostic.Location.SourceSpan);
            (string Title, SyntaxNode Root)? fix = diagnostic.Properties.TryGetValue(FixData.ModelArguments, out string? arguments)
                ? WithModel(root!, found?.FirstAncestorOrSelf<TypeDeclarationSyntax>(), arguments!)
                : diagnostic.Properties.TryGetValue(FixData.Add, out string? added)
                    ? WithNext(root!, found?.FirstAncestorOrSelf<AttributeSyntax>(), added!)
                    : null;
            if (fix is not var (title, fixedRoot))
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(title, _ => Task.FromResult(context.Document.WithSyntaxRoot(fixedRoot)), nameof(AddAttributeCodeFix)),
                diagnostic);
        }
    }

    /// <summary>The sizes are unknown. The inserted ones cause errors, so that they cannot be forgotten.</summary>
    private static (string Title, SyntaxNode Root)? WithModel(SyntaxNode root, TypeDeclarationSyntax? type, string arguments)
    {
        if (type is null)
            return null;

        SyntaxTriviaList leading = type.GetLeadingTrivia();
        SyntaxTriviaList indentation = leading.Count > 0 && leading[leading.Count - 1].IsKind(SyntaxKind.WhitespaceTrivia)
            ? [leading[leading.Count - 1]]
            : [];
        AttributeListSyntax list = SyntaxFactory.AttributeList([Attribute($"Model({arguments})")])
            .WithLeadingTrivia(leading)
            .WithTrailingTrivia(SyntaxFactory.EndOfLine("\n"));
        TypeDeclarationSyntax bare = type.WithLeadingTrivia(indentation);
        return ($"Add '[Model({arguments})]'", root.ReplaceNode(type, bare.WithAttributeLists(bare.AttributeLists.Insert(0, list))));
    }

    private static (string Title, SyntaxNode Root)? WithNext(SyntaxNode root, AttributeSyntax? attribute, string added) =>
        attribute is { Parent: AttributeListSyntax list }
            ? ($"Add '[{added}]'", root.ReplaceNode(list, list.WithAttributes(list.Attributes.Insert(
                list.Attributes.IndexOf(attribute) + 1, Attribute(added).WithLeadingTrivia(SyntaxFactory.Space)))))
            : null;

    /// <summary>Creates an attribute from its text, with or without arguments.</summary>
    private static AttributeSyntax Attribute(string text)
    {
        string name = text.Split('(')[0];
        AttributeSyntax bare = SyntaxFactory.Attribute(SyntaxFactory.IdentifierName(name));
        return text == name ? bare : bare.WithArgumentList(SyntaxFactory.ParseAttributeArgumentList(text.Substring(name.Length)));
    }
}
