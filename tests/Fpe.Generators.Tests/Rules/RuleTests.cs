using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Fpe.Generators.Tests.Rules;

/// <summary>What has to exist for every diagnostic.</summary>
public sealed class RuleTests
{
    public static TheoryData<string> Ids => [.. AllRules.Descriptors.Select(rule => rule.Id)];

    private static readonly string[] ReleaseLists = ["Shipped", "Unshipped"];

    private static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", ".."));

    [Fact]
    public void Ids_are_unique_and_in_order() =>
        Assert.Equal(AllRules.Descriptors.Select(rule => rule.Id).Distinct().Order(), AllRules.Descriptors.Select(rule => rule.Id));

    [Fact]
    public void Every_declared_rule_is_listed_by_the_analyzer()
    {
        IEnumerable<object?> declared = typeof(AllRules).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(AllRules).Namespace)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(DiagnosticDescriptor))
            .Select(field => field.GetValue(null));
        Assert.Equal(AllRules.Descriptors.Length, declared.Count());
        Assert.Equal(AllRules.Descriptors, new ModelAnalyzer().SupportedDiagnostics);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Has_a_page_with_a_failing_and_a_corrected_snippet(string id)
    {
        string page = File.ReadAllText(Path.Combine(Root, "docs", "diagnostics", id + ".md"));
        Assert.StartsWith($"# {id}: {Rule(id).Title}\n", page, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(page, "^```csharp$", RegexOptions.Multiline));
        Assert.Contains($"[{id}]({id}.md)", File.ReadAllText(Path.Combine(Root, "docs", "diagnostics", "README.md")), StringComparison.Ordinal);
        Assert.EndsWith($"/docs/diagnostics/{id}.md", Rule(id).HelpLinkUri, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Has_an_entry_in_release_tracking(string id)
    {
        string[] entries = [.. ReleaseLists
            .SelectMany(list => File.ReadLines(Path.Combine(Root, "src", "Fpe.Generators", $"AnalyzerReleases.{list}.md")))
            .Where(line => line.StartsWith(id, StringComparison.Ordinal))];
        Assert.StartsWith($"{id} | {Rule(id).Category} | {Rule(id).DefaultSeverity} | ", Assert.Single(entries), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Has_a_test_named_after_it(string id) => Assert.Contains(
        typeof(RuleTests).Assembly.GetTypes().SelectMany(type => type.GetMethods()),
        method => method.Name.StartsWith(id + "_", StringComparison.Ordinal) && method.IsDefined(typeof(FactAttribute), true));

    private static DiagnosticDescriptor Rule(string id) => AllRules.Descriptors.Single(rule => rule.Id == id);

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
