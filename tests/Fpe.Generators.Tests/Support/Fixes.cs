using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Fpe.Generators.Tests.Support;

/// <summary>Applies code fixes as an editor does.</summary>
internal static class Fixes
{
    /// <summary>Applies the first fix that is offered, or another, and compares the file.</summary>
    public static async Task Apply<TFix>(string source, string expected, int action = 0)
        where TFix : CodeFixProvider, new()
    {
        using var workspace = new AdhocWorkspace();
        Document document = Open(workspace, source);
        List<CodeAction> actions = await ActionsOf(new TFix(), document);
        Assert.Equal(expected, await ResultOf(actions[action], document));
    }

    /// <summary>Applies the fix to all diagnostics of the project at once, and compares the file.</summary>
    public static async Task ApplyToAll<TFix>(string source, string expected)
        where TFix : CodeFixProvider, new()
    {
        using var workspace = new AdhocWorkspace();
        Document document = Open(workspace, source);
        var fix = new TFix();
        CodeAction one = (await ActionsOf(fix, document)).First();
        var all = new FixAllContext(
            document, fix, FixAllScope.Project, one.EquivalenceKey, fix.FixableDiagnosticIds, new Reported(), CancellationToken.None);
        Assert.Equal(expected, await ResultOf((await fix.GetFixAllProvider()!.GetFixAsync(all))!, document));
    }

    /// <summary>The fix offers nothing.</summary>
    public static async Task OffersNothing<TFix>(string source)
        where TFix : CodeFixProvider, new()
    {
        using var workspace = new AdhocWorkspace();
        Assert.Empty(await ActionsOf(new TFix(), Open(workspace, source)));
    }

    private static Document Open(AdhocWorkspace workspace, string source) => workspace
        .AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Samples", "Samples", LanguageNames.CSharp,
            compilationOptions: TestProject.Options, parseOptions: TestProject.ParseOptions(), metadataReferences: TestProject.References))
        .AddDocument("Source.cs", source);

    private static async Task<List<CodeAction>> ActionsOf(CodeFixProvider fix, Document document)
    {
        var actions = new List<CodeAction>();
        foreach (Diagnostic diagnostic in await DiagnosticsOf(document.Project))
        {
            if (fix.FixableDiagnosticIds.Contains(diagnostic.Id))
                await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), default));
        }

        return actions;
    }

    private static async Task<string> ResultOf(CodeAction action, Document document)
    {
        ApplyChangesOperation change = (await action.GetOperationsAsync(default)).OfType<ApplyChangesOperation>().Single();
        return (await change.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString();
    }

    private static async Task<ImmutableArray<Diagnostic>> DiagnosticsOf(Project project)
    {
        var compilation = (CSharpCompilation)(await project.GetCompilationAsync())!;
        return await TestProject.Findings(TestProject.Generate(compilation));
    }

    private sealed class Reported : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            await DiagnosticsOf(project);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            await DiagnosticsOf(document.Project);

        public override async Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            await DiagnosticsOf(project);
    }
}
