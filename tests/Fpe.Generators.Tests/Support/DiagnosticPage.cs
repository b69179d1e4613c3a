using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;

namespace Fpe.Generators.Tests.Support;

/// <summary>The snippets of the page of a diagnostic.</summary>
internal sealed partial record DiagnosticPage(PageSnippet Failing, PageSnippet Corrected, LanguageVersion FailingVersion)
{
    public static DiagnosticPage Of(string id)
    {
        string page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "docs", "diagnostics", id + ".md"));
        var snippets = new List<(string Source, List<string> Manifests)>();
        foreach (Match block in Block().Matches(page))
        {
            if (block.Groups[1].Value == "csharp")
                snippets.Add((block.Groups[2].Value, []));
            else
                snippets[^1].Manifests.Add(block.Groups[2].Value);
        }

        Assert.Equal(2, snippets.Count);
        PageSnippet[] read = [.. snippets.Select(snippet => new PageSnippet(id, snippet.Source, [.. snippet.Manifests]))];
        return new(read[0], read[1], id == "FPE0006" ? LanguageVersion.CSharp12 : LanguageVersion.CSharp13);
    }

    [GeneratedRegex("^```(csharp|ini)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
