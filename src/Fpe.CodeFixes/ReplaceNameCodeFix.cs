using System.Collections.Immutable;
using System.Composition;
using System.Threading.Tasks;
using Fpe.Generators.Naming;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.CodeFixes;

/// <summary>Replaces the name of a layer that does not exist with the intended one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ReplaceNameCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [GraphRules.UnknownLayer.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (!diagnostic.Properties.TryGetValue(FixData.Name, out string? name)
                || root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax written)
            {
                continue;
            }

            SyntaxNode fixedRoot = root.ReplaceNode(written, SyntaxFactory.ParseExpression($"nameof({Identifier.Escape(name!)})").WithTriviaFrom(written));
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Read '{name}'",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(fixedRoot)),
                    nameof(ReplaceNameCodeFix)),
                diagnostic);
        }
    }
}
