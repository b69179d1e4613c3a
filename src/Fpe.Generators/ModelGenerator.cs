using System.Text;
using System.Threading;
using Fpe.Generators.Emit;
using Fpe.Generators.Model;
using Fpe.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Fpe.Generators;

/// <summary>Emits the other half of every class with <c>[Model]</c>. It reports nothing: see <see cref="ModelAnalyzer"/>.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ModelGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValuesProvider<EmittedType> models = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                AttributeNames.ModelMetadataName,
                static (node, _) => node is TypeDeclarationSyntax,
                static (target, cancellation) => Parse(target, cancellation))
            .WithTrackingName(TrackingNames.Parse)
            .Where(static model => model is not null)
            .Select(static (model, _) => model!);

        IncrementalValuesProvider<EmittedFile> files = models
            .Select(static (model, _) => FileEmitter.Emit(model))
            .WithTrackingName(TrackingNames.Emit);

        context.RegisterSourceOutput(
            files, static (output, file) => output.AddSource(file.HintName, SourceText.From(file.Text, Encoding.UTF8)));
    }

    private static EmittedType? Parse(GeneratorAttributeSyntaxContext target, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)target.TargetSymbol;
        bool isFirst = type.DeclaringSyntaxReferences.Length == 1 || IsFirstWithAttribute(type, target);
        return isFirst ? ModelParser.Parse(type, target.SemanticModel.Compilation, cancellation).Emitted : null;
    }

    /// <summary>A class with two <c>[Model]</c> parts, which the compiler rejects, arrives here twice and must be emitted once.</summary>
    private static bool IsFirstWithAttribute(INamedTypeSymbol type, GeneratorAttributeSyntaxContext target)
    {
        foreach (AttributeData attribute in type.GetAttributes())
        {
            if (attribute.AttributeClass?.ToDisplayString() == AttributeNames.ModelMetadataName)
            {
                return attribute.ApplicationSyntaxReference is { } place
                    && place.SyntaxTree == target.TargetNode.SyntaxTree
                    && target.TargetNode.Span.Contains(place.Span);
            }
        }

        return false;
    }
}
