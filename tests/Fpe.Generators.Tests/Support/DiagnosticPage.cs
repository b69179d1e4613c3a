using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;

namespace Fpe.Generators.Tests.Support;

/// <summary>The snippets of the page of a diagnostic.</summary>
internal sealed partial record DiagnosticPage(string Failing, string Corrected, LanguageVersion FailingVersion)
{
    public static DiagnosticPage Of(string id)
    {
        string page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "docs", "diagnostics", id + ".md"));
        string[] snippets = [.. Snippet().Matches(page).Select(match => match.Groups[1].Value)];
        Assert.Equal(2, snippets.Length);
        return new(Source(id, snippets[0]), Source(id, snippets[1]), id == "FPE0006" ? LanguageVersion.CSharp12 : LanguageVersion.CSharp13);
    }

    private static string Source(string id, string snippet) => $"#pragma warning disable CS1591\nusing Fpe;\nnamespace Samples.{id};\n{snippet}";

    [GeneratedRegex("^```csharp\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Snippet();

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
