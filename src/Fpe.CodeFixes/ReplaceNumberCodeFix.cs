using System;
using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using System.Threading.Tasks;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Fpe.CodeFixes;

/// <summary>Replaces a number, such as an expansion factor, a kernel or a budget, with one that fits.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ReplaceNumberCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds =>
    [
        ExpansionRules.FactorAboveFanIn.Id,
        ExpansionRules.FactorAboveReaders.Id,
        ClauseRules.FewerGroupsThanChildren.Id,
        ExpansionRules.UnevenChildren.Id,
        ExpansionRules.LostOutputs.Id,
        ExpansionRules.NoEffect.Id,
        CountRules.BudgetExceeded.Id,
        ImageRules.KernelTooLarge.Id,
        ImageRules.Padding.Id,
        ImageRules.PoolPadding.Id,
        CountRules.PrunedToFloor.Id,
        ExpansionRules.OutputLayer.Id,
        ExpansionRules.Pattern.Id,
        CountRules.LearnedBudget.Id,
        ByteRules.TablesExceeded.Id,
        ByteRules.ScratchExceeded.Id,
    ];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (!diagnostic.Properties.TryGetValue(FixData.Numbers, out string? numbers)
                || root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax written)
            {
                continue;
            }

            string[] fitting = numbers!.Split([';'], StringSplitOptions.RemoveEmptyEntries);
            for (int i = 0; i < fitting.Length; i++)
            {
                SyntaxNode fixedRoot = root.ReplaceNode(written, SyntaxFactory.ParseExpression(fitting[i]).WithTriviaFrom(written));
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Change to {fitting[i]}",
                        _ => Task.FromResult(context.Document.WithSyntaxRoot(fixedRoot)),
                        nameof(ReplaceNumberCodeFix) + i.ToString(CultureInfo.InvariantCulture)),
                    diagnostic);
            }
        }
    }
}
