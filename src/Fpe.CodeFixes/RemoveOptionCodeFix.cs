using System.Collections.Immutable;
using System.Composition;
using System.Threading.Tasks;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.CodeFixes;

/// <summary>Removes an attribute, or an argument of one, that has no effect.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveOptionCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => [ExpansionRules.NoEffect.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan) is not { } found
                || !diagnostic.Properties.TryGetValue(FixData.Remove, out string? what)
                || Removable(found, what) is not { } removable
                || removable.Parent is not { } parent)
            {
                continue;
            }

            SyntaxNode fixedRoot = root.ReplaceNode(parent, Without(removable, parent));
            context.RegisterCodeFix(
                CodeAction.Create(
                    $"Remove '{removable}'",
                    _ => Task.FromResult(context.Document.WithSyntaxRoot(fixedRoot)),
                    nameof(RemoveOptionCodeFix)),
                diagnostic);
        }
    }

    /// <summary>The argument or the attribute; its whole list where it is the only one there.</summary>
    private static SyntaxNode? Removable(SyntaxNode found, string? what)
    {
        if (what == FixData.Argument)
            return found.FirstAncestorOrSelf<AttributeArgumentSyntax>();
        AttributeSyntax? attribute = found.FirstAncestorOrSelf<AttributeSyntax>();
        return attribute?.Parent is AttributeListSyntax { Attributes.Count: 1 } list ? list : attribute;
    }

    /// <summary>Documentation that stands before the first attribute of a declaration is kept.</summary>
    private static SyntaxNode Without(SyntaxNode removable, SyntaxNode parent)
    {
        SyntaxNode rest = parent.RemoveNode(removable, SyntaxRemoveOptions.KeepNoTrivia)!;
        return removable is AttributeListSyntax && removable.SpanStart == parent.SpanStart
            ? rest.WithLeadingTrivia(removable.GetLeadingTrivia())
            : rest;
    }
}
