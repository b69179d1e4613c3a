using System.Collections.Immutable;
using System.Text;
using System.Threading;
using Fpe.Generators.Checks;
using Fpe.Generators.Declarations;
using Fpe.Generators.Emit;
using Fpe.Generators.Kinds;
using Fpe.Generators.Model;
using Fpe.Generators.Naming;
using Fpe.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Fpe.Generators;

/// <summary>
/// Emits the other half of every class with <c>[Model]</c> or <c>[Block]</c>, and reports the errors that prevent it. Warnings are reported by
/// <see cref="ModelAnalyzer"/>.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class ModelGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        Emit(context, AttributeNames.ModelMetadataName);
        Emit(context, AttributeNames.BlockMetadataName);
        ReportErrors(context, ForgottenModels(context));
    }

    /// <summary>Emits the other half of every class with an attribute, and reports its errors.</summary>
    private static void Emit(IncrementalGeneratorInitializationContext context, string attribute)
    {
        IncrementalValuesProvider<ModelOutput> models = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                attribute,
                static (node, _) => node is TypeDeclarationSyntax,
                (target, cancellation) => Parse(target, attribute, cancellation))
            .WithTrackingName(TrackingNames.Parse);

        IncrementalValuesProvider<EmittedFile> files = models
            .SelectMany(static (model, _) => model.Emitted is { } emitted ? ImmutableArray.Create(FileEmitter.Emit(emitted)) : [])
            .WithTrackingName(TrackingNames.Emit);

        context.RegisterSourceOutput(
            files, static (output, file) => output.AddSource(file.HintName, SourceText.From(file.Text, Encoding.UTF8)));
        ReportErrors(context, models.SelectMany(static (model, _) => model.Errors));
    }

    /// <summary>
    /// Finds classes that declare layers without <c>[Model]</c> or <c>[Block]</c>. It looks only for <c>[Linear]</c>, which every model has.
    /// </summary>
    private static IncrementalValuesProvider<ErrorSpec> ForgottenModels(IncrementalGeneratorInitializationContext context) =>
        context.SyntaxProvider
            .ForAttributeWithMetadataName(
                LayerKinds.Linear.MetadataName,
                static (node, _) => ForgottenModelCheck.IsCandidate(node),
                static (target, _) => ForgottenModelCheck.Find((IPropertySymbol)target.TargetSymbol)?.ToSpec(Compilation(target)))
            .SelectMany(static (error, _) => error is null ? ImmutableArray<ErrorSpec>.Empty : [error]);

    /// <summary>
    /// The location of an error is taken from the current compilation, so it is up to date although the pipeline contains only values.
    /// </summary>
    private static void ReportErrors(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<ErrorSpec> errors) =>
        context.RegisterSourceOutput(
            errors.Combine(context.CompilationProvider),
            static (output, error) => output.ReportDiagnostic(Finding.Of(error.Left, (CSharpCompilation)error.Right).ToDiagnostic()));

    private static CSharpCompilation Compilation(GeneratorAttributeSyntaxContext target) => (CSharpCompilation)target.SemanticModel.Compilation;

    private static ModelOutput Parse(GeneratorAttributeSyntaxContext target, string attribute, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)target.TargetSymbol;
        return IsFirst(type, target, attribute) ? ModelParser.Parse(type, Compilation(target), cancellation).ToOutput(Compilation(target)) : ModelOutput.None;
    }

    /// <summary>
    /// A class with two <c>[Model]</c> parts, which the compiler rejects, or with <c>[Model]</c> and <c>[Block]</c>, arrives here twice but
    /// must be emitted only once.
    /// </summary>
    private static bool IsFirst(INamedTypeSymbol type, GeneratorAttributeSyntaxContext target, string wanted)
    {
        foreach (AttributeData attribute in type.GetAttributes())
        {
            string? name = attribute.AttributeClass?.ToDisplayString();
            if (name is AttributeNames.ModelMetadataName or AttributeNames.BlockMetadataName)
            {
                return name == wanted
                    && attribute.ApplicationSyntaxReference is { } place
                    && place.SyntaxTree == target.TargetNode.SyntaxTree
                    && target.TargetNode.Span.Contains(place.Span);
            }
        }

        return false;
    }
}
