using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fpe.Generators.Tests.Support;

/// <summary>Compares the emitted files of a model and its blocks, one after the other, with the recorded ones.</summary>
internal static class ModelSnapshot
{
    /// <summary>
    /// The project compiles without a warning, now and as the next C#, the analyzer is content, and the file is as recorded. What the runtime
    /// writes about a model of each class, the compiler takes for a model of it.
    /// </summary>
    public static Task Verify(string source, [CallerFilePath] string testFile = "", [CallerMemberName] string method = "") => Verify(source, [], testFile, method);

    /// <summary>The same of a project with a trained model.</summary>
    public static Task Verify(string source, AdditionalFile manifest, [CallerFilePath] string testFile = "", [CallerMemberName] string method = "") =>
        Verify(source, [manifest], testFile, method);

    private static async Task Verify(string source, AdditionalFile[] files, string testFile, string method)
    {
        GeneratedProject project = TestProject.Generate(TestProject.Compile(source), files);
        Assert.Empty(project.Problems);
        Assert.Empty(await TestProject.Findings(project));
        Assert.Empty(project.WithoutPragmas().GetDiagnostics().Where(problem => problem.Severity != DiagnosticSeverity.Hidden));
        Assert.Empty(TestProject.Generate(TestProject.Compile(LanguageVersion.Preview, source)).Problems);
        if (files.Length == 0)
            AcceptsManifests(TestProject.Compile(source), project);
        Snapshot.Match(string.Join("\n", project.Result.GeneratedSources.Select(file => file.SourceText.ToString())), testFile: testFile, method: method);
    }

    private static void AcceptsManifests(CSharpCompilation compilation, GeneratedProject project)
    {
        foreach (Type type in new EmittedAssembly(project).Models)
        {
            using var model = (global::Fpe.Model)Activator.CreateInstance(type, nonPublic: true)!;
            (_, string manifest) = EmittedAssembly.Save(model);
            manifest = manifest.Replace("expanded = false", "expanded = true", StringComparison.Ordinal); // so that everything is compared
            Assert.Empty(TestProject.Generate(compilation, new AdditionalFile("net.safetensors.manifest", manifest, className: type.FullName!.Replace('+', '.'))).Result.Diagnostics);
        }
    }
}
