using Fpe.Generators.Tests.Support;
using Microsoft.CodeAnalysis.CSharp;
using static Fpe.Generators.Tests.Support.Diagnose;

namespace Fpe.Generators.Tests.Diagnostics;

/// <summary>Code that the compiler rejects must not crash the generator or the analyzer, and gets no second error.</summary>
public sealed class UnreadableArguments
{
    [Theory]
    [InlineData("[Model(Missing)]", "[Linear(4)]")]
    [InlineData("[Model(\"64\")]", "[Linear(4)]")]
    [InlineData("[Model(64, CountBiases = 3)]", "[Linear(4)]")]
    [InlineData("[Model(64), Model(64)]", "[Linear(4)]")]
    [InlineData("[Model(64), NonZeroBudget]", "[Linear(4)]")]
    [InlineData("[Model(64), NonZeroBudget(Missing)]", "[Linear(4)]")]
    [InlineData("[Model(64), Clause(\"a\")]", "[Linear(4), Expand(2, Split.Clause)]")]
    [InlineData("[Model(64)]", "[Linear]")]
    [InlineData("[Model(64)]", "[Linear(Missing)]")]
    [InlineData("[Model(64)]", "[Linear(4), Expand]")]
    [InlineData("[Model(64)]", "[Linear(4), Expand(Missing)]")]
    [InlineData("[Model(64)]", "[Linear(4), Expand(2, Split.Missing)]")]
    [InlineData("[Model(64)]", "[Linear(4), Expand(2, Share = \"1\")]")]
    [InlineData("[Model(64)]", "[Linear(4), Expand(2, Within = Missing)]")]
    [InlineData("[Model(64), NonZeroBudget(Missing)]", "[Linear(4), Expand(2, Split.Learned)]")]
    [InlineData("[Model(64)]", "[Linear(4), Expand(factor: , )]")]
    [InlineData("[Model(64)]", "[Linear(4), Linear(5)]")]
    [InlineData("[Model(64)]", "[Linear(4), Expand(2, Split.Clause), Clause(0, Missing)]")]
    [InlineData("[Model(64)]", "[Linear(4)] [Dropout(")]
    [InlineData("[System.CodeDom.Compiler.GeneratedCode, Model(64)]", "[Linear(4)]")]
    public async Task Are_left_to_the_compiler(string model, string layer)
    {
        string source = $$"""
            #pragma warning disable CS1591
            using Fpe;
            {{model}}
            public sealed partial class Net
            {
                {{layer}} public partial Linear Hidden { get; }
                [Linear(10)] public partial Linear Logits { get; }
            }
            """;
        GeneratedProject project = TestProject.Generate(TestProject.Compile(source));
        Assert.NotEmpty(project.Problems);
        Assert.DoesNotContain(project.Problems, problem => problem.Id == "CS9248");
        Assert.All(project.Problems, problem => Assert.Equal("Source0.cs", problem.Location.SourceTree!.FilePath));
        _ = await TestProject.Findings(project);
    }

    /// <summary>Nothing is emitted that was made of an argument that cannot be read: the members only throw.</summary>
    [Theory]
    [InlineData("[Model(64, CountBiases = 3)]", "[Linear(4)] public partial Linear Hidden { get; }")]
    [InlineData("[Model(64), NonZeroBudget(Missing)]", "[Linear(4)] public partial Linear Hidden { get; }")]
    [InlineData("[Model(64), Clause(\"a\")]", "[Linear(4)] public partial Linear Hidden { get; }")]
    [InlineData("[Model(64)]", "[Linear(Missing)] public partial Linear Hidden { get; }")]
    [InlineData("[Model(64)]", "[Linear(4), Linear(5)] public partial Linear Hidden { get; }")]
    [InlineData("[Model(64)]", "[Linear(4), Expand(Missing)] public partial Linear Hidden { get; }")]
    [InlineData("[Model(64)]", "[Linear(4), Expand(2, Share = \"1\")] public partial Linear Hidden { get; }")]
    [InlineData("[Model(64)]", "[Linear(4), Expand(2, Within = Missing)] public partial Linear Hidden { get; }")]
    [InlineData("[Model(64)]", "[Linear(4), Expand(2, Split.Missing)] public partial Linear Hidden { get; }")]
    [InlineData("[Model(64)]", "[Dropout(Missing)] public partial Dropout Drop { get; }")]
    [InlineData("[Model(64)]", "[Linear(4)] public partial Missing Hidden { get; }")]
    [InlineData("[Model(64)]", "[Linear(4, From = Missing)] public partial Linear Hidden { get; }")]
    [InlineData("[Model(4)]", "[Linear(4)] public partial Linear Hidden { get; } [Add(nameof(Hidden), Missing)] public partial Add Sum { get; }")]
    [InlineData("[Model(tokens: 4, vocabulary: 9)]", "[EmbeddingBag(4, Mode = Missing)] public partial EmbeddingBag Words { get; }")]
    [InlineData("[Model(tokens: 4, vocabulary: 9)]", "[Embedding(4, Positions = Missing)] public partial Embedding Words { get; } [MeanPool] public partial MeanPool Mean { get; }")]
    [InlineData("[Model(64)]", "[Linear(4), LeakyRelu(Missing)] public partial Linear Hidden { get; }")]
    [InlineData("[Model(64)]", "[LayerNorm(Epsilon = Missing)] public partial LayerNorm Norm { get; }")]
    [InlineData("[Model(64)]", "[Use] public partial Missing First { get; }")]
    [InlineData("[Model(1, 8, 8)]", "[Conv2d(2, 3, Padding = Missing)] public partial Conv2d Edges { get; } [Flatten] public partial Flatten Features { get; }")]
    public void Leave_a_model_whose_members_only_throw(string model, string layer)
    {
        GeneratedProject project = TestProject.Generate(TestProject.Compile($"using Fpe; {Net(model, layer, "[Linear(10)] public partial Linear Logits { get; }")}"));
        Assert.NotEmpty(project.Problems);
        Assert.Contains("This model has errors, so its members only throw.", Assert.Single(project.Result.GeneratedSources).SourceText.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_use_that_reads_what_cannot_be_read_leaves_a_model_whose_members_only_throw()
    {
        GeneratedProject project = TestProject.Generate(TestProject.Compile(
            "using Fpe; " + Net("[Model(16)]", "[Use(From = Missing)] public partial Body First { get; }", "[Linear(10)] public partial Linear Logits { get; }")
            + "[Block(16)] public sealed partial class Body { [Linear(16)] public partial Linear Hidden { get; } }"));
        Assert.Contains("This model has errors", project.Result.GeneratedSources.Single(file => file.HintName == "Net.g.cs").SourceText.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Missing", "CS0103")]
    [InlineData("Text", "CS0182")]
    public Task A_name_that_cannot_be_read_is_not_looked_up(string name, string compilerId) => Reports(
        Net(
            "[Model(4)]", "[Linear(4), Relu] public partial Linear Hidden { get; }", $"[Add(nameof(Hidden), {name})] public partial Add Sum {{ get; }}",
            "[Linear(2)] public partial Linear Logits { get; }", "public static string Text => string.Empty;"),
        [compilerId]);

    [Fact]
    public void A_project_without_the_runtime_is_left_to_the_compiler()
    {
        CSharpCompilation project = TestProject.Compile("using Fpe; " + Net("[Model(4)]", "[Linear(2)] public partial Linear Logits { get; }"));
        string runtime = typeof(global::Fpe.Model).Assembly.Location;
        Assert.NotEmpty(TestProject.Generate(project.WithReferences(project.References.Where(reference => reference.Display != runtime))).Problems);
    }

    /// <summary>A partial property of the author's own is not implemented, not even in a model with errors.</summary>
    [Fact]
    public Task Other_partial_properties_are_left_to_the_compiler() => Reports(
        Net("[Model(64)]", "[Linear(0)] public partial Linear Logits { get; }", "public partial int Other { get; }"), ["CS9248"],
        new Expected("FPE0010", "0", "Net.Logits: the number of neurons must be at least 1, but is 0"));

    [Fact]
    public async Task An_enum_that_means_nothing_is_left_to_the_compiler()
    {
        GeneratedProject project = TestProject.Generate(TestProject.Compile(
            "[Fpe.Model(64)] public sealed partial class Net { [Fpe.Linear(4), Fpe.Expand(2, Split.Random)] public partial Fpe.Linear Hidden { get; } }"));
        Assert.Contains(project.Problems, problem => problem.Id == "CS0103");
        Assert.Empty(await TestProject.Findings(project));
    }

    [Fact]
    public async Task Two_model_attributes_on_two_parts_are_emitted_once()
    {
        GeneratedProject project = TestProject.Generate(TestProject.Compile(
            """
            #pragma warning disable CS1591
            using Fpe;
            [Model(64)] public sealed partial class Net { [Linear(10)] public partial Linear Logits { get; } }
            [Model(65)] public sealed partial class Net;
            """));
        Assert.Single(project.Result.GeneratedSources);
        Assert.Equal("CS0579", Assert.Single(project.Problems).Id);
        Assert.Empty(await TestProject.Findings(project));
    }

    [Fact]
    public void Names_that_differ_in_case_only_get_files_of_their_own()
    {
        GeneratedProject project = TestProject.Generate(TestProject.Compile(
            """
            #pragma warning disable CS1591
            using Fpe;
            [Model(64)] public sealed partial class Net { [Linear(10)] public partial Linear Logits { get; } }
            [Model(64)] public sealed partial class NET { [Linear(10)] public partial Linear Logits { get; } }
            [Model(64)] public sealed partial class Net<T> { [Linear(10)] public partial Linear Logits { get; } }
            """));
        Assert.Empty(project.Problems);
        Assert.Equal(3, project.Result.GeneratedSources.Length);
    }

    [Fact]
    public void Names_that_differ_in_case_only_twice_get_files_of_their_own()
    {
        GeneratedProject project = TestProject.Generate(TestProject.Compile(
            """
            #pragma warning disable CS1591
            using Fpe;
            namespace Samples { [Model(64)] public sealed partial class Net { [Linear(10)] public partial Linear Logits { get; } } }
            namespace Samples { [Model(64)] public sealed partial class NET { [Linear(10)] public partial Linear Logits { get; } } }
            namespace SAMPLES { [Model(64)] public sealed partial class Net { [Linear(10)] public partial Linear Logits { get; } } }
            """));
        Assert.Empty(project.Problems);
        Assert.Equal(3, project.Result.GeneratedSources.Length);
    }
}
