using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fpe.Generators.Tests.Support;

/// <summary>Compares the emitted files of a model and its blocks, one after the other, with the recorded ones.</summary>
internal static class ModelSnapshot
{
    /// <summary>The project compiles without a warning, now and as the next C#, the analyzer is content, and the file is as recorded.</summary>
    public static async Task Verify(string source, [CallerFilePath] string testFile = "", [CallerMemberName] string method = "")
    {
        GeneratedProject project = TestProject.Generate(TestProject.Compile(source));
        Assert.Empty(project.Problems);
        Assert.Empty(await TestProject.Findings(project));
        Assert.Empty(project.WithoutPragmas().GetDiagnostics().Where(problem => problem.Severity != DiagnosticSeverity.Hidden));
        Assert.Empty(TestProject.Generate(TestProject.Compile(LanguageVersion.Preview, source)).Problems);
        Snapshot.Match(string.Join("\n", project.Result.GeneratedSources.Select(file => file.SourceText.ToString())), testFile, method);
    }
}
