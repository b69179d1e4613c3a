using Fpe.Generators.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Fpe.Generators.Tests.Caching;

/// <summary>After an edit, each step re-runs only as far as the edit reaches.</summary>
public sealed class CacheTests
{
    private const string Digits = """
        using Fpe;
        namespace Samples;
        [Model(64)]
        public sealed partial class Digits
        {
            [Linear(4), Relu, Expand(4)]
            public partial Linear Hidden { get; }
            [Linear(10)]
            public partial Linear Logits { get; }
        }
        """;

    private const string Other = """
        using Fpe;
        [Model(8)]
        public sealed partial class Other
        {
            [Linear(2)]
            public partial Linear Output { get; }
        }
        """;

    private const string Manifest = """
        fpe-manifest 1
        # A comment.
        model = Digits
        checksum = 0123abcd
        expanded = false
        inputs = 64
        denseWeights = 296
        [Hidden]
        inputs = 64
        outputs = 4
        kind = Linear
        activation = Relu
        [Logits]
        inputs = 4
        outputs = 10
        kind = Linear
        activation = Identity
        end
        """;

    [Fact]
    public void The_first_run_is_new() => AssertReasons(
        TestProject.CreateDriver(TestProject.Compile(Digits)).RunGenerators(TestProject.Compile(Digits)),
        (IncrementalStepRunReason.New, IncrementalStepRunReason.New, IncrementalStepRunReason.New));

    [Fact]
    public void An_unrelated_file_reuses_everything() => AssertReasons(
        Edit(project => project.AddSyntaxTrees(Parse("public class Unrelated;"))),
        (IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached),
        (IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached));

    [Theory]
    [InlineData("}", "}\n\npublic class Appended;")]
    [InlineData("[Model(64)]", "// a comment\n[Model(inputs: 32 + 32)]")]
    [InlineData("{ get; }", "{ get;   }")]
    [InlineData("[Model(64)]", "[Model(64), NonZeroBudget(1000)]")]
    public void An_edit_that_leaves_the_model_as_it_is_emits_nothing_anew(string text, string replacement) => AssertReasons(
        Edit(project => Replace(project, text, replacement)),
        (IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached),
        (IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached));

    [Theory]
    [InlineData("Linear(4)", "Linear(5)")]
    [InlineData("Relu", "Gelu")]
    [InlineData("Expand(4)", "Expand(4, Split.Learned)")]
    [InlineData("Expand(4)", "Expand(4, Within = 8)")]
    [InlineData("Hidden", "First")]
    [InlineData("namespace Samples", "namespace Moved")]
    [InlineData("[Model(64)]", "[Model(64), ByteBudget(9000, NumberFormat.Int8)]")]
    public void A_changed_model_is_emitted_anew_and_the_other_is_not(string text, string replacement) => AssertReasons(
        Edit(project => Replace(project, text, replacement)),
        (IncrementalStepRunReason.Modified, IncrementalStepRunReason.Modified, IncrementalStepRunReason.Modified),
        (IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached));

    [Fact]
    public void A_budget_that_a_model_ends_with_changes_it()
    {
        CSharpCompilation before = TestProject.Compile(Digits.Replace("Expand(4)", "Expand(4, Split.Learned)", StringComparison.Ordinal), Other);
        AssertReasons(
            TestProject.CreateDriver(before).RunGenerators(before)
                .RunGenerators(Replace(before, "[Model(64)]", "[Model(64), NonZeroBudget(200)]")),
            (IncrementalStepRunReason.Modified, IncrementalStepRunReason.Modified, IncrementalStepRunReason.Modified),
            (IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached));
    }

    /// <summary>Only the numbers of a budget of bytes are in the emitted file, not the limits.</summary>
    [Theory]
    [InlineData("9000", "9001", false)]
    [InlineData("Scratch = 99", "Scratch = 100", false)]
    [InlineData("NumberFormat.Int8", "NumberFormat.Float", true)]
    public void A_budget_of_bytes_changes_the_model_by_its_numbers(string text, string replacement, bool changes)
    {
        CSharpCompilation before = TestProject.Compile(Digits.Replace("[Model(64)]", "[Model(64), ByteBudget(9000, NumberFormat.Int8, Scratch = 99)]", StringComparison.Ordinal));
        (IncrementalStepRunReason parse, IncrementalStepRunReason emit) = changes
            ? (IncrementalStepRunReason.Modified, IncrementalStepRunReason.Modified)
            : (IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Cached);
        AssertReasons(TestProject.CreateDriver(before).RunGenerators(before).RunGenerators(Replace(before, text, replacement)), (parse, emit, emit));
    }

    /// <summary>Plans with groups of inputs are read anew into lists of their own, which are equal if their elements are.</summary>
    [Fact]
    public void Groups_of_inputs_compare_by_their_inputs()
    {
        CSharpCompilation before = TestProject.Compile(Digits.Replace("Expand(4)", "Expand(2, Split.Clause), Clause(0, 1), Clause(2, 3)", StringComparison.Ordinal));
        GeneratorDriver driver = TestProject.CreateDriver(before).RunGenerators(before);
        AssertReasons(
            driver.RunGenerators(Replace(before, "Clause(0, 1)", "Clause(0, 1 )")),
            (IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached));
        AssertReasons(
            driver.RunGenerators(Replace(before, "Clause(0, 1)", "Clause(0, 4)")),
            (IncrementalStepRunReason.Modified, IncrementalStepRunReason.Modified, IncrementalStepRunReason.Modified));
    }

    [Fact]
    public void A_member_in_another_part_of_the_class_can_change_the_model() => AssertReasons(
        Edit(project => project.AddSyntaxTrees(Parse("namespace Samples { partial class Digits { private int hidden; } }"))),
        (IncrementalStepRunReason.Modified, IncrementalStepRunReason.Modified, IncrementalStepRunReason.Modified),
        (IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached));

    [Fact]
    public void A_model_that_became_wrong_is_emitted_anew_and_its_error_reported() => AssertReasons(
        Edit(project => Replace(project, "Expand(4)", "Expand(65)")),
        errors: 1,
        (IncrementalStepRunReason.Modified, IncrementalStepRunReason.Modified, IncrementalStepRunReason.Modified),
        (IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached));

    [Fact]
    public void A_model_without_its_attribute_is_removed_and_missed() => AssertReasons(
        Edit(project => Replace(project, "[Model(64)]", string.Empty)),
        errors: 1,
        (IncrementalStepRunReason.Removed, IncrementalStepRunReason.Removed, IncrementalStepRunReason.Removed),
        (IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached));

    /// <summary>A model depends on the blocks that it uses, wherever they are declared, and on no others.</summary>
    [Theory]
    [InlineData("Linear(8)", "Linear(9)", true)]
    [InlineData("Relu", "Gelu", true)]
    [InlineData("[Linear(8), Relu]", "// a comment\n[Linear( 8 ), Relu]", false)]
    [InlineData("{ get; }", "{ get; }\npublic int Unrelated => 1;", false)]
    public void A_model_is_emitted_anew_if_its_block_changed(string text, string replacement, bool changes)
    {
        const string Block = "using Fpe; [Block(4)] public sealed partial class Body { [Linear(8), Relu] public partial Linear Hidden { get; } }";
        const string User = "using Fpe; [Model(4)] public sealed partial class User { public partial Body Body { get; } [Linear(2)] public partial Linear Output { get; } }";
        CSharpCompilation before = TestProject.Compile(Block, Other, User);
        GeneratorRunResult result = TestProject.CreateDriver(before).RunGenerators(before)
            .RunGenerators(Replace(before, text, replacement)).GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        Assert.Empty(result.Diagnostics);
        IncrementalStepRunReason changed = changes ? IncrementalStepRunReason.Modified : IncrementalStepRunReason.Unchanged;
        Assert.Equal(
            [IncrementalStepRunReason.Unchanged, changed, changed], Reasons(result.TrackedSteps[TrackingNames.Parse]).Order().Reverse());
        Assert.Equal(changes ? 2 : 0, Reasons(result.TrackedSteps[TrackingNames.Emit]).Count(reason => reason == IncrementalStepRunReason.Modified));
        Assert.Contains(result.GeneratedSources, file => file.SourceText.ToString().Contains(changes && text.Contains('8') ? "4·9" : "4·8", StringComparison.Ordinal));
    }

    /// <summary>An error of a block breaks the models that use it, and mending the block mends them, without a change in their files.</summary>
    [Fact]
    public void A_model_follows_its_block_into_an_error_and_back()
    {
        const string Block = "using Fpe; [Block(4)] public sealed partial class Body { [Linear(8), Relu] public partial Linear Hidden { get; } }";
        const string User = "using Fpe; [Model(4)] public sealed partial class User { public partial Body Body { get; } [Linear(2)] public partial Linear Output { get; } }";
        CSharpCompilation right = TestProject.Compile(Block, User);
        CSharpCompilation wrong = Replace(right, "Linear(8)", "Linear(0)");
        GeneratorDriver driver = TestProject.CreateDriver(right).RunGenerators(right);
        string first = Emitted();
        driver = driver.RunGenerators(wrong);
        Assert.Equal("FPE0010", Assert.Single(driver.GetRunResult().Diagnostics).Id);
        Assert.Contains("This model has errors", Emitted(), StringComparison.Ordinal);
        driver = driver.RunGenerators(right);
        Assert.Empty(driver.GetRunResult().Diagnostics);
        Assert.Equal(first, Emitted());

        string Emitted() => string.Join("\n", driver.GetRunResult().Results.Single().GeneratedSources.Select(file => file.SourceText.ToString()));
    }

    /// <summary>The place of an error moves with the text, though the file that is emitted for the model stays the same.</summary>
    [Fact]
    public void An_error_is_reported_where_it_stands_now()
    {
        CSharpCompilation before = TestProject.Compile(Other, Digits.Replace("Expand(4)", "Expand(65)", StringComparison.Ordinal));
        GeneratorDriver driver = TestProject.CreateDriver(before).RunGenerators(before);
        SyntaxTree tree = before.SyntaxTrees[1];
        CSharpCompilation moved = before.ReplaceSyntaxTree(tree, tree.WithChangedText(tree.GetText().Replace(0, 0, "// a comment\n")));
        driver = driver.RunGenerators(moved);
        AssertPlace(moved.SyntaxTrees[1]);
        Assert.All(
            Reasons(driver.GetRunResult().Results.Single().TrackedSteps[TrackingNames.Emit]),
            reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{reason}"));

        CSharpCompilation first = moved.RemoveSyntaxTrees(moved.SyntaxTrees[0]);
        driver = driver.RunGenerators(first);
        AssertPlace(first.SyntaxTrees[0]);

        void AssertPlace(SyntaxTree file)
        {
            Diagnostic error = Assert.Single(driver.GetRunResult().Diagnostics);
            Assert.Same(file, error.Location.SourceTree);
            Assert.Equal("65", file.GetText().ToString(error.Location.SourceSpan));
        }
    }

    /// <summary>A manifest changes the class that it belongs to, and no other; what it says of the weights alone changes the checksum.</summary>
    [Theory]
    [InlineData("checksum = 0123abcd", "checksum = 0123abce", true)]
    [InlineData("# A comment.", "# Another one.", false)]
    [InlineData("checksum = 0123abcd", "checksum =", true)]
    public void A_changed_manifest_emits_its_class_anew(string text, string replacement, bool changes)
    {
        CSharpCompilation project = TestProject.Compile(Digits, Other);
        AdditionalFile before = AdditionalFile.Embedded("digits.safetensors", Manifest);
        AdditionalFile after = AdditionalFile.Embedded("digits.safetensors", Manifest.Replace(text, replacement, StringComparison.Ordinal));
        GeneratorRunResult result = TestProject.CreateDriver(project, before).RunGenerators(project)
            .ReplaceAdditionalText(before, after).RunGenerators(project).GetRunResult().Results.Single();
        Assert.Equal(
            changes ? [IncrementalStepRunReason.Modified, IncrementalStepRunReason.Unchanged] : [IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached],
            Reasons(result.TrackedSteps[TrackingNames.Embed]));
        Assert.Equal(changes ? 1 : 0, Reasons(result.TrackedSteps[TrackingNames.Emit]).Count(reason => reason == IncrementalStepRunReason.Modified));
        Assert.All(Reasons(result.TrackedSteps[TrackingNames.Parse]), reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{reason}"));
    }

    [Fact]
    public void An_edit_elsewhere_reads_no_manifest_anew()
    {
        CSharpCompilation before = TestProject.Compile(Digits, Other);
        GeneratorRunResult result = TestProject.CreateDriver(before, AdditionalFile.Embedded("digits.safetensors", Manifest)).RunGenerators(before)
            .RunGenerators(before.AddSyntaxTrees(Parse("public class Unrelated;"))).GetRunResult().Results.Single();
        Assert.Empty(result.Diagnostics);
        foreach (string step in new[] { TrackingNames.Manifest, TrackingNames.Embed, TrackingNames.Emit })
            Assert.All(Reasons(result.TrackedSteps[step]), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    private static GeneratorDriver Edit(Func<CSharpCompilation, CSharpCompilation> edit)
    {
        CSharpCompilation before = TestProject.Compile(Digits, Other);
        return TestProject.CreateDriver(before).RunGenerators(before).RunGenerators(edit(before));
    }

    /// <summary>Replaces in the first file as an editor does, so that the parser works incrementally too.</summary>
    private static CSharpCompilation Replace(CSharpCompilation project, string text, string replacement)
    {
        SyntaxTree tree = project.SyntaxTrees[0];
        SourceText before = tree.GetText();
        int start = before.ToString().LastIndexOf(text, StringComparison.Ordinal);
        Assert.True(start >= 0);
        return project.ReplaceSyntaxTree(tree, tree.WithChangedText(before.Replace(start, text.Length, replacement)));
    }

    private static SyntaxTree Parse(string source) => CSharpSyntaxTree.ParseText(source, TestProject.ParseOptions());

    /// <summary>Asserts why each model was parsed, emitted and added: one entry a model, in the order of the files.</summary>
    private static void AssertReasons(
        GeneratorDriver driver,
        params (IncrementalStepRunReason Parse, IncrementalStepRunReason Emit, IncrementalStepRunReason Output)[] expected) =>
        AssertReasons(driver, errors: 0, expected);

    /// <summary>The same, and how many errors are new.</summary>
    private static void AssertReasons(
        GeneratorDriver driver,
        int errors,
        params (IncrementalStepRunReason Parse, IncrementalStepRunReason Emit, IncrementalStepRunReason Output)[] expected)
    {
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        Assert.Equal(expected.Select(model => model.Parse), Reasons(result.TrackedSteps[TrackingNames.Parse]));
        Assert.Equal(expected.Select(model => model.Emit), Reasons(result.TrackedSteps[TrackingNames.Emit]));
        Assert.Equal(
            [.. expected.Select(model => model.Output), .. Enumerable.Repeat(IncrementalStepRunReason.New, errors)],
            Reasons(result.TrackedOutputSteps.Values.Single()));
        Assert.Equal(errors, result.Diagnostics.Length);
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(IEnumerable<IncrementalGeneratorRunStep> steps) =>
        steps.SelectMany(step => step.Outputs).Select(output => output.Reason);
}
