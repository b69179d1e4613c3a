using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Fpe.Generators.Tests.Support;

/// <summary>A user's project in memory: it references the language and the runtime, and has documentation turned on.</summary>
internal static class TestProject
{
    /// <summary>Compiler options as strict as a user's can be.</summary>
    public static CSharpCompilationOptions Options { get; } = new(
        OutputKind.DynamicallyLinkedLibrary,
        generalDiagnosticOption: ReportDiagnostic.Error,
        nullableContextOptions: NullableContextOptions.Enable);

    public static ImmutableArray<string> ReferencePaths { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && (name == "netstandard.dll" || name.StartsWith("System.", StringComparison.Ordinal))),
        typeof(ModelAttribute).Assembly.Location,
        typeof(global::Fpe.Model).Assembly.Location,
    ];

    public static ImmutableArray<MetadataReference> References { get; } =
        [.. ReferencePaths.Select(path => MetadataReference.CreateFromFile(path))];

    public static CSharpParseOptions ParseOptions(LanguageVersion version = LanguageVersion.CSharp13) =>
        new(version, DocumentationMode.Diagnose);

    public static CSharpCompilation Compile(params string[] sources) => Compile(LanguageVersion.CSharp13, sources);

    public static CSharpCompilation Compile(LanguageVersion version, params string[] sources) => CSharpCompilation.Create(
        "Samples",
        sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, ParseOptions(version), $"Source{i}.cs")),
        References,
        Options);

    /// <summary>Runs the generator, and returns its driver, the compilation with the emitted files, and those files.</summary>
    public static GeneratedProject Generate(CSharpCompilation compilation, params AdditionalFile[] files)
    {
        GeneratorDriver driver = CreateDriver(compilation, files).RunGenerators(compilation);
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        return new GeneratedProject(driver, compilation.AddSyntaxTrees(result.GeneratedSources.Select(file => file.SyntaxTree)), result);
    }

    public static GeneratorDriver CreateDriver(CSharpCompilation compilation, params AdditionalFile[] files) => CSharpGeneratorDriver.Create(
        [new ModelGenerator().AsSourceGenerator()],
        files,
        optionsProvider: new AdditionalFileOptions(),
        parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>What the generator and the analyzer report together, in source order: errors the one, warnings the other.</summary>
    public static async Task<ImmutableArray<Diagnostic>> Findings(GeneratedProject project)
    {
        ImmutableArray<Diagnostic> found = await AllFindings(project);
        return [.. found.Where(diagnostic => diagnostic.DefaultSeverity != DiagnosticSeverity.Info)];
    }

    /// <summary>Returns the same and what is only information.</summary>
    public static async Task<ImmutableArray<Diagnostic>> AllFindings(GeneratedProject project)
    {
        ImmutableArray<Diagnostic> warnings = await Analyze(project.Compilation);
        Assert.All(project.Result.Diagnostics, error => Assert.Equal(DiagnosticSeverity.Error, error.DefaultSeverity));
        Assert.All(warnings, warning => Assert.True(warning.DefaultSeverity is DiagnosticSeverity.Warning or DiagnosticSeverity.Info, warning.Id));
        return [.. project.Result.Diagnostics.Concat(warnings).OrderBy(found => found.Location.SourceSpan.Start).ThenBy(found => found.Id)];
    }

    /// <summary>Runs the analyzer over a compilation that has the emitted files.</summary>
    private static async Task<ImmutableArray<Diagnostic>> Analyze(Compilation compilation)
    {
        var failures = new List<Exception>();
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), (failure, _, _) => failures.Add(failure), concurrentAnalysis: false, logAnalyzerExecutionTime: false);
        ImmutableArray<Diagnostic> diagnostics =
            await compilation.WithAnalyzers([new ModelAnalyzer()], options).GetAnalyzerDiagnosticsAsync();
        Assert.Empty(failures);
        return diagnostics;
    }
}

/// <summary>A project after the generator ran.</summary>
internal sealed record GeneratedProject(GeneratorDriver Driver, CSharpCompilation Compilation, GeneratorRunResult Result)
{
    /// <summary>The compilation with emitted files that turn no warnings off: they should need none to be turned off here.</summary>
    public CSharpCompilation WithoutPragmas() => Result.GeneratedSources.Aggregate(Compilation, (compilation, file) => compilation.ReplaceSyntaxTree(
        file.SyntaxTree,
        file.SyntaxTree.WithChangedText(SourceText.From(
            file.SourceText.ToString().Replace("#pragma warning disable\n", string.Empty, StringComparison.Ordinal), Encoding.UTF8))));

    /// <summary>Errors and warnings of the compiler.</summary>
    public IEnumerable<Diagnostic> Problems => Compilation.GetDiagnostics().Where(found => found.Severity != DiagnosticSeverity.Hidden);
}
