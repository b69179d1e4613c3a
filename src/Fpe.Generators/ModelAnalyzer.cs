using System.Collections.Immutable;
using Fpe.Generators.Parsing;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Fpe.Generators;

/// <summary>Reports what the parser finds wrong with a class with <c>[Model]</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ModelAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => AllRules.Descriptors;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // A model may stand in a file that another tool generated; without this, it would throw when run and nothing would say why.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(AttributeNames.ModelMetadataName) is { } attribute)
                start.RegisterSymbolAction(symbol => Analyze(symbol, attribute), SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, INamedTypeSymbol modelAttribute)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (!SymbolEqualityComparer.Default.Equals(attribute.AttributeClass, modelAttribute))
                continue;
            foreach (Diagnostic finding in ModelParser.Parse(type, context.Compilation, context.CancellationToken).Diagnostics)
                context.ReportDiagnostic(finding);
            return;
        }
    }
}
