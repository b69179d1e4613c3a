using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Fpe.Generators.Rules;
using Fpe.Generators.Tests.Support;
using Microsoft.CodeAnalysis.CSharp;

namespace Fpe.Generators.Tests.Rules;

/// <summary>The pages are right: the failing snippet gets the diagnostic and no other, the corrected one gets none.</summary>
public sealed partial class DocumentedSnippets
{
    public static TheoryData<string> Ids => [.. AllRules.Descriptors.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Show_the_diagnostic_and_its_correction(string id)
    {
        string page = await File.ReadAllTextAsync(
            Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "docs", "diagnostics", id + ".md"));
        string[] snippets = [.. Snippet().Matches(page).Select(match => match.Groups[1].Value)];
        LanguageVersion failingVersion = id == DeclarationRules.LanguageVersion.Id ? LanguageVersion.CSharp12 : LanguageVersion.CSharp13;

        Assert.Equal(2, snippets.Length);
        Assert.Equal([id], await Analyze(snippets[0], failingVersion));
        Assert.Empty(await Analyze(snippets[1], LanguageVersion.CSharp13));
    }

    private static async Task<IEnumerable<string>> Analyze(string snippet, LanguageVersion version)
    {
        string source = $"#pragma warning disable CS1591\nusing Fpe;\nnamespace Samples;\n{snippet}";
        GeneratedProject project = TestProject.Generate(TestProject.Compile(version, source));
        string[] ids = [.. (await TestProject.Analyze(project.Compilation)).Select(diagnostic => diagnostic.Id).Distinct()];
        if (ids.Length == 0)
            Assert.Empty(project.Problems);
        return ids;
    }

    [GeneratedRegex("^```csharp\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Snippet();

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
