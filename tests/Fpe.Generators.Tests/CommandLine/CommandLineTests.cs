using System.Text.RegularExpressions;
using Fpe.Generators.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Fpe.Generators.Tests.CommandLine;

/// <summary>
/// What a build shows. The compiler leaves analyzers out once there are errors in declarations, so that what a test of an analyzer
/// finds is not what a user gets to see.
/// </summary>
public sealed partial class CommandLineTests
{
    private const string Broken = """
        using Fpe;
        [Model(64)]
        public sealed partial class Net
        {
            [Linear(4), Relu, Expand(65)]
            public partial Linear Hidden { get; }
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """;

    private static readonly string Dubious = Broken.Replace("65", "3", StringComparison.Ordinal);

    public static TheoryData<string> Ids => [.. AllRules.Descriptors.Select(rule => rule.Id)];

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_failing_example_of_a_page_shows_its_diagnostic(string id)
    {
        DiagnosticPage page = DiagnosticPage.Of(id);

        // The compiler prints no information unless a project raises its severity.
        string[] options = AllRules.Descriptors.Single(rule => rule.Id == id).DefaultSeverity == DiagnosticSeverity.Info ? [$"-warnaserror+:{id}"] : [];
        string[] lines = await Csc.Compile(page.FailingVersion, options, page.Failing.Files(), page.Failing.Source);
        string[] ours = [.. lines.Select(line => OurId().Match(line).Groups[1].Value).Where(found => found.Length > 0)];
        Assert.True(ours.Distinct().SequenceEqual([id]), string.Join("\n", lines));
        Assert.Equal(lines.Distinct(), lines);
        Assert.DoesNotContain(lines, line => line.Contains(".g.cs(", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_corrected_examples_of_all_pages_compile_without_a_warning()
    {
        PageSnippet[] corrected = [.. AllRules.Descriptors.Select(rule => DiagnosticPage.Of(rule.Id).Corrected)];
        Assert.Empty(await Csc.Compile(
            LanguageVersion.CSharp13, [], [.. corrected.SelectMany(snippet => snippet.Files($"Samples.{snippet.Id}"))], [.. corrected.Select(snippet => snippet.Source)]));
    }

    [Fact]
    public async Task An_error_elsewhere_hides_warnings_but_no_error()
    {
        const string Other = "public class Other : Missing;";
        Assert.Contains("warning FPE0026", Assert.Single(await Csc.Compile(LanguageVersion.CSharp13, Dubious)), StringComparison.Ordinal);
        Assert.Contains("error CS0246", Assert.Single(await Csc.Compile(LanguageVersion.CSharp13, Dubious, Other)), StringComparison.Ordinal);
        Assert.Equal(["CS0246", "FPE0012"], IdsOf(await Csc.Compile(LanguageVersion.CSharp13, Broken, Other)));
    }

    [Fact]
    public async Task Errors_do_not_depend_on_analyzers_and_cannot_be_turned_off() => Assert.Equal(
        ["FPE0012"],
        IdsOf(await Csc.Compile(LanguageVersion.CSharp13, ["-skipanalyzers+", "-nowarn:FPE0012"], "#pragma warning disable FPE0012\n" + Broken)));

    [Theory]
    [InlineData("-nowarn:FPE0026", "")]
    [InlineData("-warn:9999", "#pragma warning disable FPE0026\n")]
    public async Task Warnings_can_be_turned_off(string option, string pragma) =>
        Assert.Empty(await Csc.Compile(LanguageVersion.CSharp13, [option], pragma + Dubious));

    [Fact]
    public async Task A_saved_model_is_loaded_with_every_version_of_the_language_that_models_need()
    {
        string model = Dubious.Replace("Expand(3)", "Expand(2)", StringComparison.Ordinal);
        Assert.Empty(await Csc.Compile(
            LanguageVersion.CSharp13, model, "static class Use { static Net Load() => Fpe.ModelFile.Load<Net>(\"net.safetensors\"); }"));
        const string Extension = "using Fpe; static class Use { static Net Load() => Net.Load(\"net.safetensors\"); }";
        Assert.Empty(await Csc.Compile(LanguageVersion.Latest, model, Extension));
        Assert.Equal(["CS9260"], IdsOf(await Csc.Compile(LanguageVersion.CSharp13, model, Extension)));
    }

    /// <summary>Only warnings in the user's files, which a pragma there can turn off.</summary>
    [Theory]
    [InlineData("10")]
    [InlineData("0")]
    public async Task Settings_of_the_user_raise_no_warning_in_emitted_files(string neurons)
    {
        string source = $$"""
            using Fpe;
            [assembly: System.CLSCompliant(true)]
            #pragma warning disable CS8981, CS3003, CS3009
            namespace samples
            {
                /// <summary>A model.</summary>
                [Model(64)]
                public sealed partial class net
                {
                    /// <summary>A layer.</summary>
                    [Linear({{neurons}})]
                    public partial Linear logits { get; }
                }
            }
            """;
        string[] lines = await Csc.Compile(LanguageVersion.CSharp13, ["-nullable:disable", "-checked+", "-doc:Samples.xml"], source);
        Assert.Equal(neurons == "0" ? ["FPE0010"] : [], IdsOf(lines));
    }

    private static IEnumerable<string> IdsOf(string[] lines) => lines.Select(line => AnyId().Match(line).Groups[1].Value).Order(StringComparer.Ordinal);

    [GeneratedRegex(@": (?:error|warning) (\w+):")]
    private static partial Regex AnyId();

    [GeneratedRegex(@": (?:error|warning) (FPE\d+):")]
    private static partial Regex OurId();
}
