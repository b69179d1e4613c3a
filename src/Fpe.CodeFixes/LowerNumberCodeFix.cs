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

/// <summary>Lowers a number, such as an expansion factor or a kernel, to the largest that fits.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class LowerNumberCodeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds =>
    [
        ExpansionRules.FactorAboveFanIn.Id,
        ExpansionRules.FactorAboveReaders.Id,
        ClauseRules.FewerGroupsThanChildren.Id,
        ExpansionRules.LostOutputs.Id,
        ExpansionRules.NoEffect.Id,
        ImageRules.KernelTooLarge.Id,
        ImageRules.Padding.Id,
        CountRules.PrunedToFloor.Id,
    ];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (diagnostic.Properties.TryGetValue(FixData.Largest, out string? text)
                && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int largest)
                && root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is ExpressionSyntax number)
            {
                SyntaxNode fixedRoot = root.ReplaceNode(number, Literal(largest).WithTriviaFrom(number));
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Lower to {text}",
                        _ => Task.FromResult(context.Document.WithSyntaxRoot(fixedRoot)),
                        nameof(LowerNumberCodeFix)),
                    diagnostic);
            }
        }
    }

    private static LiteralExpressionSyntax Literal(int value) =>
        SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(value));
}
