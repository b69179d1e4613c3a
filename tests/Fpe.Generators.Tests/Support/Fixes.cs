using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace Fpe.Generators.Tests.Support;

/// <summary>
/// Applies code fixes as an editor does. Sources mark what generator, analyzer and compiler report before and after the fix, such as
/// <c>{|FPE0012:65|}</c>; a test fails if they report anything else, except information, or if parsing the result gives another tree.
/// </summary>
internal static class Fixes
{
    /// <summary>Applies the first fix that is offered, or another, once, and compares the file.</summary>
    public static Task Apply<TFix>(string source, string expected, int action = 0)
        where TFix : CodeFixProvider, new() =>
        Run<TFix>(source, expected, CodeFixTestBehaviors.FixOne | CodeFixTestBehaviors.SkipFixAllCheck, action);

    /// <summary>Applies the fix until it finds nothing more, and at once to all of the document, project and solution, with the same result.</summary>
    public static Task ApplyToAll<TFix>(string source, string expected)
        where TFix : CodeFixProvider, new() =>
        Run<TFix>(source, expected, CodeFixTestBehaviors.None);

    /// <summary>The fix offers nothing.</summary>
    public static Task OffersNothing<TFix>(string source)
        where TFix : CodeFixProvider, new() =>
        Run<TFix>(source, source, CodeFixTestBehaviors.None);

    private static Task Run<TFix>(string source, string expected, CodeFixTestBehaviors behaviors, int action = 0)
        where TFix : CodeFixProvider, new()
    {
        var test = new Test<TFix> { TestCode = source, FixedCode = expected, CodeFixTestBehaviors = behaviors, CodeActionIndex = action };
        test.FixedState.MarkupHandling = MarkupMode.Allow;
        return test.RunAsync();
    }

    private sealed class Test<TFix> : CSharpCodeFixTest<ModelAnalyzer, TFix, DefaultVerifier>
        where TFix : CodeFixProvider, new()
    {
        public Test()
        {
            ReferenceAssemblies = new ReferenceAssemblies("net10.0"); // no package: the assemblies that run serve
            SolutionTransforms.Add((solution, project) => solution.AddMetadataReferences(project, TestProject.References));
            TestBehaviors = TestBehaviors.SkipGeneratedSourcesCheck | TestBehaviors.SkipSuppressionCheck;
            CompilerDiagnostics = CompilerDiagnostics.Suggestions;
            DisabledDiagnostics.Add("CS1591"); // no documentation
            DisabledDiagnostics.AddRange(AllRules.Descriptors.Where(rule => rule.DefaultSeverity == DiagnosticSeverity.Info).Select(rule => rule.Id));
        }

        protected override IEnumerable<Type> GetSourceGenerators() => [typeof(ModelGenerator)];

        protected override CompilationOptions CreateCompilationOptions() =>
            TestProject.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default);

        protected override ParseOptions CreateParseOptions() => TestProject.ParseOptions();
    }
}
