using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fpe.Generators.Tests.Support;

/// <summary>One expected diagnostic: its id, the text under the squiggle, and its whole message.</summary>
internal sealed record Expected(string Id, string Squiggle, string Message)
{
    public override string ToString() => $"{Id} under '{Squiggle}': {Message}";
}

/// <summary>Asserts what the generator and the analyzer report for a source, and that they report nothing else.</summary>
/// <remarks>
/// By the compiler's own driver, not the library that <see cref="Fixes"/> uses: the library cannot tell which of the two reports, is
/// slower, and found nothing more where it was tried.
/// </remarks>
internal static class Diagnose
{
    private const string Header = """
        #pragma warning disable CS1591
        using Fpe;
        namespace Samples;

        """;

    /// <summary>The class <c>Net</c> with these attributes and members, to be diagnosed.</summary>
    public static string Net(string attributes, params string[] members) =>
        $"{attributes}\npublic sealed partial class Net\n{{\n    {string.Join("\n    ", members)}\n}}\n";

    /// <summary>The two report exactly this, and the compiler nothing at all.</summary>
    public static Task Reports(string source, params Expected[] expected) => Reports(source, [], expected);

    /// <summary>The two report exactly this, and the compiler exactly the ids given.</summary>
    public static async Task Reports(string source, string[] compilerIds, params Expected[] expected)
    {
        GeneratedProject project = TestProject.Generate(TestProject.Compile(Header + source));
        AssertSame(expected, await TestProject.Findings(project));
        Assert.Equal(compilerIds.Order(), project.Problems.Select(problem => problem.Id).Distinct().Order());
    }

    /// <summary>The two report exactly this, whatever the compiler says.</summary>
    public static async Task Reports(LanguageVersion version, string source, params Expected[] expected)
    {
        GeneratedProject project = TestProject.Generate(TestProject.Compile(version, Header + source));
        AssertSame(expected, await TestProject.Findings(project));
    }

    /// <summary>The analyzer informs of exactly this, and nothing else is wrong.</summary>
    public static async Task Informs(string source, params Expected[] expected)
    {
        GeneratedProject project = TestProject.Generate(TestProject.Compile(Header + source));
        AssertSame(expected, await TestProject.AllFindings(project));
        Assert.Empty(project.Problems);
    }

    private static void AssertSame(Expected[] expected, ImmutableArray<Diagnostic> found)
    {
        Expected[] actual = [.. found.Select(diagnostic => new Expected(
            diagnostic.Id,
            diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan),
            diagnostic.GetMessage(CultureInfo.InvariantCulture)))];
        Assert.Equal(string.Join("\n", expected.AsEnumerable()), string.Join("\n", actual.AsEnumerable()));
    }
}
