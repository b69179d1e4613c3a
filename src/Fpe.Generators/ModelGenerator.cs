using System.Collections.Immutable;
using System.Linq;
using System.Text;
using System.Threading;
using Fpe.Generators.Checks;
using Fpe.Generators.Declarations;
using Fpe.Generators.Emit;
using Fpe.Generators.Kinds;
using Fpe.Generators.Manifests;
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
        IncrementalValueProvider<ValueList<ManifestFile>> manifests = Manifests(context);
        IncrementalValuesProvider<ModelOutput> models = Parse(context, AttributeNames.ModelMetadataName);
        IncrementalValueProvider<ValueList<string>> names = models
            .SelectMany(static (model, _) => model.Emitted is { } emitted ? ImmutableArray.Create(emitted.Type.MetadataName) : [])
            .Collect()
            .Select(static (all, _) => all.ToValueList());
        Emit(
            context,
            models.Combine(manifests.Combine(names))
                .Select(static (pair, _) => EmbeddedModels.Attach(pair.Left, pair.Right.Left, pair.Right.Right))
                .WithTrackingName(TrackingNames.Embed));
        Emit(context, Parse(context, AttributeNames.BlockMetadataName));
        ReportErrors(context, ForgottenModels(context));
        ReportErrors(context, models, manifests);
    }

    /// <summary>Parses every class with an attribute.</summary>
    private static IncrementalValuesProvider<ModelOutput> Parse(IncrementalGeneratorInitializationContext context, string attribute) => context.SyntaxProvider
        .ForAttributeWithMetadataName(
            attribute,
            static (node, _) => node is TypeDeclarationSyntax,
            (target, cancellation) => Parse(target, attribute, cancellation))
        .WithTrackingName(TrackingNames.Parse);

    /// <summary>Reads the manifests among the additional files.</summary>
    private static IncrementalValueProvider<ValueList<ManifestFile>> Manifests(IncrementalGeneratorInitializationContext context) => context.AdditionalTextsProvider
        .Combine(context.AnalyzerConfigOptionsProvider)
        .SelectMany(static (file, cancellation) => ManifestFile.Read(file.Left, file.Right.GetOptions(file.Left), cancellation) is { } manifest ? ImmutableArray.Create(manifest) : [])
        .WithTrackingName(TrackingNames.Manifest)
        .Collect()
        .Select(static (files, _) => files.ToValueList());

    /// <summary>Emits the other half of classes, and reports their errors.</summary>
    private static void Emit(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<ModelOutput> models)
    {
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

    /// <summary>Reports manifests that do not fit the models of the project.</summary>
    private static void ReportErrors(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<ModelOutput> models, IncrementalValueProvider<ValueList<ManifestFile>> manifests) =>
        context.RegisterSourceOutput(
            models.Collect().Combine(manifests)
                .SelectMany(static (pair, _) => ManifestCheck.Find([.. pair.Left.Select(model => model.Emitted).OfType<EmittedType>()], pair.Right))
                .Combine(context.CompilationProvider),
            static (output, error) => output.ReportDiagnostic(error.Left.ToDiagnostic((CSharpCompilation)error.Right)));

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
