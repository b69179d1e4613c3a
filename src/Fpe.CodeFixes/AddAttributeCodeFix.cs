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

/// <summary>Adds the attribute that is missing: <c>[Model]</c> to a class with layers, or <c>[Relu]</c> to an expanded layer.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddAttributeCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds =>
        [DeclarationRules.ForgottenModel.Id, LayerRules.ExpandedWithoutActivation.Id];

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
                : WithRelu(root!, found?.FirstAncestorOrSelf<AttributeSyntax>());
            if (fix is not var (title, fixedRoot))
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(title, _ => Task.FromResult(context.Document.WithSyntaxRoot(fixedRoot)), nameof(AddAttributeCodeFix)),
                diagnostic);
        }
    }

    /// <summary>The sizes are not known; those that are written are errors, so that nobody forgets them.</summary>
    private static (string Title, SyntaxNode Root)? WithModel(SyntaxNode root, TypeDeclarationSyntax? type, string arguments)
    {
        if (type is null)
            return null;

        SyntaxTriviaList leading = type.GetLeadingTrivia();
        SyntaxTriviaList indentation = leading.Count > 0 && leading[leading.Count - 1].IsKind(SyntaxKind.WhitespaceTrivia)
            ? [leading[leading.Count - 1]]
            : [];
        AttributeListSyntax list = SyntaxFactory.AttributeList([Attribute("Model").WithArgumentList(SyntaxFactory.ParseAttributeArgumentList($"({arguments})"))])
            .WithLeadingTrivia(leading)
            .WithTrailingTrivia(SyntaxFactory.EndOfLine("\n"));
        TypeDeclarationSyntax bare = type.WithLeadingTrivia(indentation);
        return ($"Add '[Model({arguments})]'", root.ReplaceNode(type, bare.WithAttributeLists(bare.AttributeLists.Insert(0, list))));
    }

    private static (string Title, SyntaxNode Root)? WithRelu(SyntaxNode root, AttributeSyntax? layer) =>
        layer is { Parent: AttributeListSyntax list }
            ? ("Add '[Relu]'", root.ReplaceNode(list, list.WithAttributes(list.Attributes.Insert(
                list.Attributes.IndexOf(layer) + 1, Attribute("Relu").WithLeadingTrivia(SyntaxFactory.Space)))))
            : null;

    private static AttributeSyntax Attribute(string name) => SyntaxFactory.Attribute(SyntaxFactory.IdentifierName(name));
}
