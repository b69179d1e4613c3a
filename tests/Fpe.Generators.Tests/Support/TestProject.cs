using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Fpe.Generators.Tests.Support;

/// <summary>A user's project in memory: it references the language and the runtime, and has documentation turned on.</summary>
internal static class TestProject
{
    /// <summary>Compiler options as strict as a user's can be.</summary>
    public static CSharpCompilationOptions Options { get; } = new(
        OutputKind.DynamicallyLinkedLibrary,
        generalDiagnosticOption: ReportDiagnostic.Error,
        nullableContextOptions: NullableContextOptions.Enable);

    private static readonly ImmutableArray<MetadataReference> Framework =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name == "netstandard.dll" || name.StartsWith("System.", StringComparison.Ordinal)))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static ImmutableArray<MetadataReference> References { get; } =
    [
        .. Framework,
        MetadataReference.CreateFromFile(typeof(ModelAttribute).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(global::Fpe.Model).Assembly.Location),
    ];

    public static CSharpParseOptions ParseOptions(LanguageVersion version = LanguageVersion.CSharp13) =>
        new(version, DocumentationMode.Diagnose);

    public static CSharpCompilation Compile(params string[] sources) => Compile(LanguageVersion.CSharp13, sources);

    public static CSharpCompilation Compile(LanguageVersion version, params string[] sources) => CSharpCompilation.Create(
        "Samples",
        sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, ParseOptions(version), $"Source{i}.cs")),
        References,
        Options);

    /// <summary>Runs the generator, and returns its driver, the compilation with the emitted files, and those files.</summary>
    public static GeneratedProject Generate(CSharpCompilation compilation)
    {
        GeneratorDriver driver = CreateDriver(compilation).RunGenerators(compilation);
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        Assert.Empty(result.Diagnostics);
        return new GeneratedProject(driver, compilation.AddSyntaxTrees(result.GeneratedSources.Select(file => file.SyntaxTree)), result);
    }

    public static GeneratorDriver CreateDriver(CSharpCompilation compilation) => CSharpGeneratorDriver.Create(
        [new ModelGenerator().AsSourceGenerator()],
        parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Runs the analyzer over a compilation that has the emitted files.</summary>
    public static async Task<ImmutableArray<Diagnostic>> Analyze(Compilation compilation)
    {
        var failures = new List<Exception>();
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), (failure, _, _) => failures.Add(failure), concurrentAnalysis: false, logAnalyzerExecutionTime: false);
        ImmutableArray<Diagnostic> diagnostics =
            await compilation.WithAnalyzers([new ModelAnalyzer()], options).GetAnalyzerDiagnosticsAsync();
        Assert.Empty(failures);
        return [.. diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).ThenBy(diagnostic => diagnostic.Id)];
    }
}

/// <summary>A project after the generator ran.</summary>
internal sealed record GeneratedProject(GeneratorDriver Driver, CSharpCompilation Compilation, GeneratorRunResult Result)
{
    /// <summary>Errors and warnings of the compiler.</summary>
    public IEnumerable<Diagnostic> Problems => Compilation.GetDiagnostics().Where(found => found.Severity != DiagnosticSeverity.Hidden);
}
