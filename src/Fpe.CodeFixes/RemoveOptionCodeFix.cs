using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using Fpe.Compute;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.CodeFixes;

/// <summary>Removes an attribute or an argument that has no effect or does not apply.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveOptionCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds =>
    [
        LayerRules.TwoActivations.Id,
        ExpansionRules.OutputLayer.Id,
        ExpansionRules.NoEffect.Id,
        LayerRules.OutputActivation.Id,
        ExpansionRules.NoMeaning.Id,
        GraphRules.FromOfActivation.Id,
    ];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root?.FindNode(diagnostic.Location.SourceSpan) is not { } found
                || !diagnostic.Properties.TryGetValue(FixData.Remove, out string? what))
            {
                continue;
            }

            foreach (SyntaxNode removable in Removable(found, what))
            {
                SyntaxNode fixedRoot = root.ReplaceNode(removable.Parent!, Without(removable, removable.Parent!));
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Remove '{removable}'",
                        _ => Task.FromResult(context.Document.WithSyntaxRoot(fixedRoot)),
                        nameof(RemoveOptionCodeFix)),
                    diagnostic);
            }
        }
    }

    /// <summary>
    /// Returns the argument, the attribute or each activation of the property; for an attribute that is alone in its list, the whole list.
    /// </summary>
    private static IEnumerable<SyntaxNode> Removable(SyntaxNode found, string? what)
    {
        if (what == FixData.Argument)
            return found.FirstAncestorOrSelf<AttributeArgumentSyntax>() is { } argument ? [argument] : [];
        if (found.FirstAncestorOrSelf<AttributeSyntax>() is not { } attribute)
            return [];

        IEnumerable<AttributeSyntax> attributes = what == FixData.Activation && attribute.Parent?.Parent is MemberDeclarationSyntax member
            ? member.AttributeLists.SelectMany(list => list.Attributes).Where(IsActivation).Reverse()
            : [attribute];
        return attributes.Select(removed => removed.Parent is AttributeListSyntax { Attributes.Count: 1 } list ? list : (SyntaxNode)removed);
    }

    private static bool IsActivation(AttributeSyntax attribute) =>
        Enum.TryParse(attribute.Name.ToString(), out ActivationFunction activation) && activation != ActivationFunction.Identity;

    /// <summary>Keeps the documentation before the first attribute of a declaration.</summary>
    private static SyntaxNode Without(SyntaxNode removable, SyntaxNode parent)
    {
        SyntaxNode rest = parent.RemoveNode(removable, SyntaxRemoveOptions.KeepNoTrivia)!;
        return removable is AttributeListSyntax && removable.SpanStart == parent.SpanStart
            ? rest.WithLeadingTrivia(removable.GetLeadingTrivia())
            : rest;
    }
}
