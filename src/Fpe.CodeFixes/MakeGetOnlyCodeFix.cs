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

/// <summary>Turns a layer property into an instance property with a getter only.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MakeGetOnlyCodeFix : CodeFixProvider
{
    private static readonly ImmutableArray<SyntaxKind> Unwanted =
    [
        SyntaxKind.StaticKeyword, SyntaxKind.AbstractKeyword, SyntaxKind.OverrideKeyword, SyntaxKind.ExternKeyword, SyntaxKind.RequiredKeyword,
    ];

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [DeclarationRules.PropertyNotGetOnly.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<PropertyDeclarationSyntax>() is not { } property
            || property.ExplicitInterfaceSpecifier is not null
            || property.Type is RefTypeSyntax
            || HasOtherPart(property))
        {
            return;
        }

        context.RegisterCodeFix(
            CodeAction.Create(
                "Make it an instance property with a getter only",
                _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(property, GetOnly(property)))),
                nameof(MakeGetOnlyCodeFix)),
            context.Diagnostics);
    }

    /// <summary>A separate implementation of the layer would become a second declaration.</summary>
    private static bool HasOtherPart(PropertyDeclarationSyntax property) =>
        property.Parent is TypeDeclarationSyntax type
        && type.Members.OfType<PropertyDeclarationSyntax>().Count(other => other.Identifier.ValueText == property.Identifier.ValueText) > 1;

    private static PropertyDeclarationSyntax GetOnly(PropertyDeclarationSyntax property)
    {
        AccessorListSyntax accessors = SyntaxFactory.AccessorList(SyntaxFactory.SingletonList(
            SyntaxFactory.AccessorDeclaration(SyntaxKind.GetAccessorDeclaration)
                .WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken).WithTrailingTrivia(SyntaxFactory.Space))));
        accessors = accessors.WithOpenBraceToken(accessors.OpenBraceToken.WithTrailingTrivia(SyntaxFactory.Space));

        return property
            .WithModifiers(SyntaxFactory.TokenList(property.Modifiers.Where(modifier => !Unwanted.Contains(modifier.Kind()))))
            .WithIdentifier(property.Identifier.WithTrailingTrivia(SyntaxFactory.Space))
            .WithAccessorList(accessors)
            .WithExpressionBody(null)
            .WithInitializer(null)
            .WithSemicolonToken(default)
            .WithTriviaFrom(property);
    }
}
