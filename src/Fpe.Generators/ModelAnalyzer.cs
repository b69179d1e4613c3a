using System.Collections.Immutable;
using System.Linq;
using Fpe.Generators.Declarations;
using Fpe.Generators.Naming;
using Fpe.Generators.Parsing;
using Fpe.Generators.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Fpe.Generators;

/// <summary>
/// Reports the warnings about a class with <c>[Model]</c> or <c>[Block]</c>. Errors are reported by <see cref="ModelGenerator"/>, but they are listed here
/// too, because editors list only the diagnostics of analyzers.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ModelAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => AllRules.Descriptors;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        // A model can be in a file that another tool generated. Without this, it would throw at run time without any diagnostic.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            INamedTypeSymbol?[] attributes =
            [
                start.Compilation.GetTypeByMetadataName(AttributeNames.ModelMetadataName),
                start.Compilation.GetTypeByMetadataName(AttributeNames.BlockMetadataName),
            ];
            if (attributes.Any(attribute => attribute is not null))
                start.RegisterSymbolAction(symbol => Analyze(symbol, attributes), SymbolKind.NamedType);
        });
    }

    private static void Analyze(SymbolAnalysisContext context, INamedTypeSymbol?[] attributes)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!type.GetAttributes().Any(attribute => attributes.Contains(attribute.AttributeClass, SymbolEqualityComparer.Default)))
            return;
        ParsedModel model = ModelParser.Parse(type, (CSharpCompilation)context.Compilation, context.CancellationToken);
        foreach (Finding warning in model.Findings.Where(finding => !finding.IsError))
            context.ReportDiagnostic(warning.ToDiagnostic());
    }
}
