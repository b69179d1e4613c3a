using System.Collections.Immutable;
using System.Composition;
using System.Threading.Tasks;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Simplification;

namespace Fpe.CodeFixes;

/// <summary>Writes the full name of a type of the language if another name hides it or the wrong type is used.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class QualifyNameCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [DeclarationRules.PropertyType.Id, DeclarationRules.OtherEnum.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            SyntaxNode? found = root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            (SyntaxNode? written, string? name) = diagnostic.Properties.TryGetValue(FixData.Enum, out string? meant)
                ? ((found as MemberAccessExpressionSyntax)?.Expression, meant)
                : (found?.FirstAncestorOrSelf<PropertyDeclarationSyntax>()?.Type, diagnostic.Properties.GetValueOrDefault(FixData.Type));
            if (written is null || name is null)
                continue;

            // The name is shortened as far as it still means the type.
            SyntaxNode full = (written is TypeSyntax and not IdentifierNameSyntax { Parent: MemberAccessExpressionSyntax }
                    ? SyntaxFactory.ParseTypeName($"global::Fpe.{name}")
                    : SyntaxFactory.ParseExpression($"global::Fpe.{name}"))
                .WithTriviaFrom(written)
                .WithAdditionalAnnotations(Simplifier.Annotation);
            SyntaxNode fixedRoot = root!.ReplaceNode(written, full);
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Use 'Fpe.{name}'",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(fixedRoot)),
                    nameof(QualifyNameCodeFix)),
                diagnostic);
        }
    }
}
