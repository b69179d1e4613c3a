using System.Globalization;
using Fpe.Generators.Tests.Support;
using Microsoft.CodeAnalysis;
using static Fpe.Generators.Tests.Support.Diagnose;

namespace Fpe.Generators.Tests.Diagnostics;

/// <summary>Manifests that do not fit the models of their project.</summary>
public sealed class ManifestDiagnostics
{
    private const string Hidden = "[Linear(4), Relu, Expand(4)] public partial Linear Hidden { get; }";
    private const string Logits = "[Linear(10)] public partial Linear Logits { get; }";

    private const string Manifest = """
        fpe-manifest 1
        # A comment.
        model = Net
        checksum = 0123abcd
        expanded = true
        inputs = 64
        countBiases = false
        denseWeights = 296
        expandedWeights = 296

        [Hidden]
        inputs = 64
        outputs = 4
        kind = Linear
        activation = Relu
        expansion.factor = 4
        expansion.strategy = Random
        expansion.share = 1
        expansion.outgoing = Prune

        [Logits]
        inputs = 4
        outputs = 10
        kind = Linear
        activation = Identity

        end

        """;

    private static readonly string Fitting = Net("[Model(64)]", Hidden, Logits);

    [Fact]
    public void A_manifest_of_the_class_reports_nothing() => Finds(Fitting, Manifest);

    [Fact]
    public void A_manifest_can_have_the_line_ends_of_Windows() => Finds(Fitting, "\uFEFF" + Manifest.ReplaceLineEndings("\r\n"));

    [Theory]
    [InlineData("Linear(4)", "Linear(8)", "Hidden", "Net.Hidden: outputs is 8, but 4")]
    [InlineData("Linear(10)", "Linear(11)", "Logits", "Net.Logits: outputs is 11, but 10")]
    [InlineData("Expand(4)", "Expand(8)", "Hidden", "Net.Hidden: expansion.factor is 8, but 4")]
    [InlineData("Expand(4)", "Expand(4, Share = 2)", "Hidden", "Net.Hidden: expansion.share is 2, but 1")]
    [InlineData("Expand(4)", "Expand(4, Split.Feature)", "Hidden", "Net.Hidden: expansion.strategy is Feature, but Random")]
    [InlineData("Expand(4)", "Expand(4, Within = 8)", "Hidden", "Net.Hidden: expansion.within is 8, but none")]
    [InlineData(", Expand(4)", "", "Hidden", "Net.Hidden: expansion.factor is none, but 4")]
    [InlineData("Relu", "Tanh", "Hidden", "Net.Hidden: activation is Tanh, but Relu")]
    [InlineData("Linear(10)", "Linear(10, From = ModelAttribute.Sample)", "Hidden", null)]
    [InlineData("Linear Hidden", "Linear First", "First", "Net.First: layer 1 is First, but Hidden")]
    [InlineData("[Linear(10)]", "[Dropout(0.1)] public partial Dropout Noise { get; } [Linear(10)]", "Noise", "Net.Noise: layer 2 is Noise, but Logits")]
    [InlineData("[Linear(4), Relu, Expand(4)] public partial Linear Hidden { get; }", "", "Logits", "Net.Logits: layer 1 is Logits, but Hidden")]
    [InlineData("Model(64)", "Model(65)", "Net", "Net: inputs is 65, but 64")]
    [InlineData("Model(64)", "Model(64, CountBiases = true)", "Net", "Net: countBiases is true, but false")]
    public void FPE0075_names_the_first_difference_with_both_values(string text, string replacement, string squiggle, string? message)
    {
        string source = Fitting.Replace(text, replacement, StringComparison.Ordinal);
        if (message is null)
            Assert.Contains(Ids(source, Manifest), id => id == "FPE0050"); // an error of the class itself is reported alone
        else
            Finds(source, Manifest, new Expected("FPE0075", squiggle, $"{message} in net.safetensors.manifest; change it back, or train the model again and save it with its manifest"));
    }

    [Fact]
    public void FPE0075_of_a_layer_that_the_class_has_no_more_is_at_the_class() => Finds(
        Fitting, Manifest.Replace("\nend", "\n[Last]\ninputs = 10\noutputs = 10\nkind = Linear\nactivation = Identity\n\nend", StringComparison.Ordinal),
        new Expected("FPE0075", "Net", "Net: layer 3 is none, but Last in net.safetensors.manifest; change it back, or train the model again and save it with its manifest"));

    [Fact]
    public void FPE0075_of_a_layer_in_a_block_is_at_the_use() => Finds(
        "[Block(64)] public sealed partial class Body { [Linear(4), Relu, Expand(4)] public partial Linear Hidden { get; } }\n" + Net("[Model(64)]", "public partial Body Stem { get; }", Logits),
        Manifest.Replace("[Hidden]", "[Stem.Hidden]", StringComparison.Ordinal).Replace("outputs = 4\n", "outputs = 6\n", StringComparison.Ordinal),
        new Expected("FPE0075", "Stem", "Net.Stem.Hidden: outputs is 4, but 6 in net.safetensors.manifest; change it back, or train the model again and save it with its manifest"));

    [Fact]
    public void FPE0075_of_a_budget_is_at_the_class() => Finds(
        Net("[Model(64), NonZeroBudget(200)]", "[Linear(4), Relu, Expand(4, Split.Learned)] public partial Linear Hidden { get; }", Logits),
        Manifest.Replace("Random", "Learned", StringComparison.Ordinal).Replace("expandedWeights = 296", "expandedWeights = 210", StringComparison.Ordinal),
        new Expected("FPE0075", "Net", "Net: expandedWeights is 200, but 210 in net.safetensors.manifest; change it back, or train the model again and save it with its manifest"));

    /// <summary>A dense parent can be expanded in every way, and rates are free.</summary>
    [Theory]
    [InlineData("Expand(4)", "Expand(8, Share = 2)")]
    [InlineData(", Expand(4)", "")]
    [InlineData("Model(64)", "Model(64, CountBiases = true)")]
    public void A_dense_parent_fits_a_class_with_another_expansion(string text, string replacement) => Finds(
        Fitting.Replace(text, replacement, StringComparison.Ordinal), Manifest.Replace("expanded = true", "expanded = false", StringComparison.Ordinal));

    [Fact]
    public void FPE0076_of_a_class_that_the_project_does_not_have() => FindsInFile(
        2, Fitting, Manifest.Replace("= Net", "= Other", StringComparison.Ordinal),
        "FPE0076: net.safetensors.manifest: the manifest belongs to Other, but the project has no such model; name its class as the Class of the FpeModel item, Samples.Net, or remove the file");

    [Fact]
    public void FPE0076_without_any_model() => FindsInFile(
        2, "class Empty;", Manifest, "FPE0076: net.safetensors.manifest: the manifest belongs to Net, but the project has no models; remove the file");

    [Fact]
    public void FPE0076_of_two_classes_with_the_name() => FindsInFile(
        2, Fitting + "static partial class Outer {" + Fitting + "}", Manifest,
        "FPE0076: net.safetensors.manifest: the manifest belongs to Net, but 2 models have this name; name one as the Class of the FpeModel item: Samples.Net or Samples.Outer.Net");

    [Theory]
    [InlineData("Samples.Outer.Net")]
    [InlineData("Outer.Net")]
    public void The_project_can_name_the_class(string name)
    {
        string other = Fitting.Replace("Linear(4)", "Linear(8)", StringComparison.Ordinal);
        GeneratedProject project = Generate(other + "static partial class Outer {" + Fitting + "}", new AdditionalFile("x.bin.manifest", Manifest, "x.bin", name));
        Assert.Empty(project.Result.Diagnostics);
        Assert.Contains("LoadEmbedded", Assert.Single(project.Result.GeneratedSources, file => file.HintName.Contains("Outer", StringComparison.Ordinal)).SourceText.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("LoadEmbedded", Assert.Single(project.Result.GeneratedSources, file => !file.HintName.Contains("Outer", StringComparison.Ordinal)).SourceText.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A class in the global namespace has no longer name than another's end.</summary>
    [Fact]
    public void An_exact_name_is_preferred()
    {
        string other = Fitting.Replace("Linear(4)", "Linear(8)", StringComparison.Ordinal);
        GeneratedProject project = TestProject.Generate(
            TestProject.Compile($"#pragma warning disable CS1591\nusing Fpe;\n{Fitting}\nnamespace Samples {{ {other} }}"), AdditionalFile.Embedded("net.safetensors", Manifest));
        Assert.Empty(project.Result.Diagnostics);
        Assert.Equal(["Net.g.cs"], project.Result.GeneratedSources.Where(file => file.SourceText.ToString().Contains("LoadEmbedded", StringComparison.Ordinal)).Select(file => file.HintName));
    }

    [Theory]
    [InlineData("net.txt", null)]
    [InlineData("net.txt", "Net")]
    public void A_manifest_is_recognised_by_what_it_begins_with(string name, string? className) => Assert.Equal(
        ["FPE0075"],
        Generate(Fitting, new AdditionalFile(name, Manifest.Replace("outputs = 10", "outputs = 9", StringComparison.Ordinal), className: className)).Result.Diagnostics.Select(error => error.Id));

    [Theory]
    [InlineData("fpe-manifest 1", "<xml>", 0, "it does not begin with 'fpe-manifest' and a version; write the manifest again")]
    [InlineData("fpe-manifest 1", "fpe-manifest 2", 0, "it has version 2, but this compiler reads version 1; update the package Fpe")]
    [InlineData("fpe-manifest 1", "fpe-manifest 0", 0, "it has version 0, but this compiler reads version 1; write the manifest again")]
    [InlineData("model = Net\n", "", 0, "it does not say 'model'; write the manifest again")]
    [InlineData("expanded = true\n", "", 0, "it does not say 'expanded'; write the manifest again")]
    [InlineData("0123abcd", "0123", 3, "'0123' is not 8 hexadecimal digits; write the manifest again")]
    [InlineData("expanded = true", "expanded = yes", 4, "'yes' is not true or false; write the manifest again")]
    [InlineData("inputs = 64\ncount", "format = Int4\ncount", 5, "'Int4' is not Float or Int8; write the manifest again")]
    [InlineData("\nend\n", "", 25, "it ends before 'end'; write the manifest again")]
    [InlineData("\nend\n", "\nend\nmore = 1\n", 27, "there is more after 'end': 'more = 1'; write the manifest again")]
    [InlineData("inputs = 64\ncount", "<<<<<<< HEAD\ninputs = 64\ncount", 5, "'<<<<<<< HEAD' is not a name, '=' and a value; write the manifest again")]
    [InlineData("[Hidden]", "[Hidden", 10, "'[Hidden' is not the name of a layer in brackets; write the manifest again")]
    [InlineData("[Logits]", "[Hidden]", 20, "the layer Hidden is there twice; write the manifest again")]
    [InlineData("kind = Linear", "outputs = 4", 13, "outputs is there twice; write the manifest again")]
    public void FPE0077_names_line_and_problem(string text, string replacement, int line, string problem) => FindsInFile(
        line, Fitting, Manifest.Replace(text, replacement, StringComparison.Ordinal), $"FPE0077: net.safetensors.manifest: the manifest cannot be read, because {problem}");

    [Fact]
    public void FPE0077_every_text_that_is_cut_off_is_found()
    {
        for (int length = 0; length < Manifest.Length - 1; length += 7)
            Assert.Equal(["FPE0077"], Ids(Fitting, Manifest[..length]));
    }

    [Fact]
    public void FPE0078_a_second_model_of_the_class()
    {
        GeneratedProject project = Generate(Fitting, AdditionalFile.Embedded("a.safetensors", Manifest), AdditionalFile.Embedded("b.safetensors", Manifest), new AdditionalFile("c.safetensors.manifest", Manifest));
        Diagnostic error = Assert.Single(project.Result.Diagnostics);
        Assert.Equal("FPE0078", error.Id);
        Assert.Equal("models/b.safetensors.manifest", error.Location.GetLineSpan().Path);
        Assert.Equal(
            "Net: a.safetensors.manifest and b.safetensors.manifest are both embedded as its trained model, but LoadEmbedded loads one; remove one of the FpeModel items, or embed it as an EmbeddedResource and load it with Load(stream, name)",
            error.GetMessage(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void FPE0009_a_member_has_the_name_of_the_method_that_loads() => Finds(
        Fitting.Replace("partial class Net\n{", "partial class Net\n{ public static int LoadEmbedded() => 1;", StringComparison.Ordinal), Manifest,
        new Expected("FPE0009", "LoadEmbedded", "Net: a member collides with the generated method LoadEmbedded, which loads net.safetensors; rename it"));

    /// <summary>Other additional files are none of ours.</summary>
    [Fact]
    public void Other_files_are_left_alone() =>
        Assert.Empty(Generate(Fitting, new AdditionalFile("app.manifest", "<assembly/>"), new AdditionalFile("words.txt", "words")).Result.Diagnostics);

    [Theory]
    [InlineData("net.safetensors", true)]
    [InlineData(null, false)]
    public void Only_an_embedded_model_can_be_loaded(string? resource, bool isEmbedded)
    {
        GeneratedProject project = Generate(Fitting, new AdditionalFile("net.safetensors.manifest", Manifest, resource));
        Assert.Empty(project.Problems);
        Assert.Equal(isEmbedded, project.Result.GeneratedSources.Single().SourceText.ToString().Contains("LoadEmbedded", StringComparison.Ordinal));
    }

    [Fact]
    public void A_broken_class_has_the_methods_so_that_code_that_calls_them_is_not_reported()
    {
        GeneratedProject project = Generate(
            Fitting.Replace("Expand(4)", "Expand(65)", StringComparison.Ordinal) + "class Use { Net Load() => Net.LoadEmbedded(); Predictor Predict() => Net.LoadEmbeddedPredictor(); }",
            AdditionalFile.Embedded("net.safetensors", Manifest));
        Assert.Equal(["FPE0012"], project.Result.Diagnostics.Select(error => error.Id));
        Assert.Empty(project.Problems);
    }

    private static GeneratedProject Generate(string source, params AdditionalFile[] files) =>
        TestProject.Generate(TestProject.Compile("#pragma warning disable CS1591\nusing Fpe;\nnamespace Samples;\n" + source), files);

    private static void Finds(string source, string manifest, params Expected[] expected)
    {
        GeneratedProject project = Generate(source, AdditionalFile.Embedded("net.safetensors", manifest));
        Expected[] found = [.. project.Result.Diagnostics.Select(error => new Expected(
            error.Id, error.Location.SourceTree!.GetText().ToString(error.Location.SourceSpan), error.GetMessage(CultureInfo.InvariantCulture)))];
        Assert.Equal(string.Join("\n", expected.AsEnumerable()), string.Join("\n", found.AsEnumerable()));
        Assert.DoesNotContain(project.Problems, problem => problem.Severity == DiagnosticSeverity.Error);
    }

    private static void FindsInFile(int line, string source, string manifest, string expected)
    {
        Diagnostic error = Assert.Single(Generate(source, AdditionalFile.Embedded("net.safetensors", manifest)).Result.Diagnostics);
        Assert.Equal(expected, $"{error.Id}: {error.GetMessage(CultureInfo.InvariantCulture)}");
        Assert.Equal(("models/net.safetensors.manifest", line), (error.Location.GetLineSpan().Path, error.Location.GetLineSpan().StartLinePosition.Line));
    }

    private static IEnumerable<string> Ids(string source, string manifest) =>
        Generate(source, AdditionalFile.Embedded("net.safetensors", manifest)).Result.Diagnostics.Select(error => error.Id);
}
