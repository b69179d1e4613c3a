using Fpe.Generators.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fpe.Generators.Tests.Rules;

/// <summary>The pages are right: the failing snippet gets the diagnostic and no other, the corrected one gets none.</summary>
public sealed class DocumentedSnippets
{
    public static TheoryData<string> Ids => [.. AllRules.Descriptors.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Show_the_diagnostic_and_its_correction(string id)
    {
        DiagnosticPage page = DiagnosticPage.Of(id);
        bool isInformation = AllRules.Descriptors.Single(rule => rule.Id == id).DefaultSeverity == DiagnosticSeverity.Info;
        Assert.Equal([id], await Analyze(page.Failing, page.FailingVersion, isInformation));
        Assert.Empty(await Analyze(page.Corrected, LanguageVersion.CSharp13, isInformation));
    }

    private static async Task<IEnumerable<string>> Analyze(PageSnippet snippet, LanguageVersion version, bool isInformation)
    {
        GeneratedProject project = TestProject.Generate(TestProject.Compile(version, snippet.Source), snippet.Files());
        string[] ids = [.. (isInformation ? await TestProject.AllFindings(project) : await TestProject.Findings(project)).Select(diagnostic => diagnostic.Id).Distinct()];
        if (ids.Length == 0)
            Assert.Empty(project.Problems);
        return ids;
    }
}
