using System.Globalization;
using Fpe.Generators.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using static Fpe.Generators.Tests.Support.Diagnose;

namespace Fpe.Generators.Tests.Diagnostics;

/// <summary>What is wrong inside of a block is said once, where it is declared; what depends on a use is said once a place, with its use.</summary>
public sealed class BlockDiagnostics
{
    private const string List = "System.Collections.Generic.IReadOnlyList";
    private const string Hidden = "[Linear(16), Relu] public partial Linear Hidden { get; }";
    private const string Logits = "[Linear(10)] public partial Linear Logits { get; }";
    private const string Blocks = $"[Repeat(8)] public partial {List}<Residual> Blocks {{ get; }}";
    private const string Sum = "[Add(BlockAttribute.Input, nameof(Hidden))] public partial Add Sum { get; }";

    private static readonly string Residual = Block("Residual", "[Block(16)]", Hidden, Sum);

    [Fact]
    public Task FPE0056_contains_itself() => Reports(
        Block("Residual", "[Block(16)]", Hidden, "public partial Residual Rest { get; }") + Net("[Model(16)]", Blocks, Logits),
        new Expected("FPE0056", "Residual", "Residual.Rest: the block contains itself (Residual → Residual), so its layers would never end; remove one of these properties"));

    /// <summary>Each block of the ring says so, the model and a block beside the ring say nothing.</summary>
    [Fact]
    public Task FPE0056_contains_itself_through_others() => Reports(
        Block("A", "[Block(16)]", Hidden, $"[Repeat(2)] public partial {List}<B> Rest {{ get; }}")
        + Block("B", "[Block(16)]", Hidden, "public partial C Rest { get; }")
        + Block("C", "[Block(16)]", Hidden, "public partial A Rest { get; }")
        + Block("D", "[Block(16)]", "public partial A Rest { get; }")
        + Net("[Model(16)]", "public partial A First { get; }", "public partial D Second { get; }", Logits),
        new Expected("FPE0056", $"{List}<B>", "A.Rest: the block contains itself (A → B → C → A), so its layers would never end; remove one of these properties"),
        new Expected("FPE0056", "C", "B.Rest: the block contains itself (B → C → A → B), so its layers would never end; remove one of these properties"),
        new Expected("FPE0056", "A", "C.Rest: the block contains itself (C → A → B → C), so its layers would never end; remove one of these properties"));

    [Theory]
    [InlineData("[Repeat(2)]", "Residual", "[Repeat] uses a list of blocks, but the type is Residual", "declare it as 'public partial IReadOnlyList<Residual> Blocks { get; }'")]
    [InlineData("[Repeat(2)]", "Residual[]", "[Repeat] uses a list of blocks, but the type is Residual[]", "declare it as 'public partial IReadOnlyList<Residual> Blocks { get; }'")]
    [InlineData("[Repeat(2)]", "System.Collections.Generic.List<Residual>", "[Repeat] uses a list of blocks, but the type is System.Collections.Generic.List<Residual>", "declare it as 'public partial IReadOnlyList<Residual> Blocks { get; }'")]
    [InlineData("[Repeat(2)]", "Linear", "[Repeat] uses a list of blocks, but the type is Linear", "declare it as 'public partial IReadOnlyList<TBlock> Blocks { get; }', where TBlock is a class with [Block] that declares the layers")]
    [InlineData("[Use]", "Linear", "[Use] uses a block, but the type is Linear", "declare it as 'public partial TBlock Blocks { get; }', where TBlock is a class with [Block] that declares the layers")]
    [InlineData("", $"{List}<Residual>", "a list of blocks needs the number of uses", "add [Repeat(2)], or another number")]
    [InlineData("[Use]", $"{List}<Residual>", "a list of blocks needs the number of uses", "add [Repeat(2)], or another number")]
    [InlineData("[Use]", "Residual[]", "[Use] uses a block, but the type is Residual[]", "declare it as 'public partial Residual Blocks { get; }'")]
    [InlineData("[Repeat(2), Use]", $"{List}<Residual>", "[Repeat] and [Use] exclude each other", "remove [Use]")]
    [InlineData("", "Residual?", "the type is Residual?, but a block is never null", "declare it as 'public partial Residual Blocks { get; }'")]
    public Task FPE0057_type_of_a_use(string attribute, string type, string problem, string remedy) => Reports(
        Residual + Net("[Model(16)]", $"{attribute} public partial {type} Blocks {{ get; }}", Logits),
        new Expected("FPE0057", type, $"Net.Blocks: {problem}; {remedy}"));

    [Fact]
    public async Task FPE0057_block_of_another_project()
    {
        GeneratedProject other = TestProject.Generate(TestProject.Compile("using Fpe;\nnamespace Samples;\n" + Residual).WithAssemblyName("Layers"));
        using var library = new MemoryStream();
        Assert.True(other.Compilation.WithOptions(TestProject.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default)).Emit(library).Success);
        library.Position = 0;
        CSharpCompilation compilation = TestProject.Compile("using Fpe;\nnamespace Samples;\n" + Net("[Model(16)]", "public partial Residual First { get; }", Logits))
            .AddReferences(MetadataReference.CreateFromStream(library));
        GeneratedProject project = TestProject.Generate(compilation);
        Diagnostic found = Assert.Single(await TestProject.Findings(project));
        Assert.Equal(
            "Net.First: Residual is declared in Layers, and a block can be used only in the project that declares it; add its source file to this project",
            found.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal("FPE0057", found.Id);
        Assert.DoesNotContain(project.Problems, problem => problem.Id != "CS1591");
    }

    [Fact]
    public Task FPE0058_output_of_a_repeated_block() => Reports(
        Block("Half", "[Block(16)]", "[Linear(8), Relu] public partial Linear Hidden { get; }")
        + Net("[Model(16)]", $"[Repeat(2)] public partial {List}<Half> Blocks {{ get; }}", Logits),
        new Expected("FPE0058", "2", "Net.Blocks: Half reads 16 values, but computes 8 values, so it cannot read itself; make its output fit its input, or use it once"));

    [Fact]
    public Task A_block_that_is_used_once_can_change_the_shape() => Reports(
        Block("Half", "[Block(16)]", "[Linear(8), Relu] public partial Linear Hidden { get; }")
        + Net("[Model(16)]", $"[Repeat(1)] public partial {List}<Half> Blocks {{ get; }}", Logits));

    [Fact]
    public Task FPE0059_shape_before_a_use() => Reports(
        Residual + Net("[Model(64)]", Blocks, Logits),
        new Expected("FPE0059", $"{List}<Residual>", "Net.Blocks: Residual reads 16 values, but gets 64 values from the sample; change [Block] of Residual, or the layer before it"));

    [Fact]
    public Task FPE0059_shape_of_the_layer_before() => Reports(
        Residual + Net("[Model(64)]", "[Linear(8), Relu] public partial Linear Small { get; }", Blocks, Logits),
        new Expected("FPE0059", $"{List}<Residual>", "Net.Blocks: Residual reads 16 values, but gets 8 values from Small; change [Block] of Residual, or the layer before it"));

    /// <summary>Layers are not said to be unread as long as it is not known what reads what.</summary>
    [Theory]
    [InlineData("[Linear(0), Relu] public partial Linear Below { get; }", "FPE0010", "0", "Net.Below: the number of neurons must be at least 1, but is 0")]
    [InlineData("[Linear(8), Relu] public partial Linear Below { get; }", "FPE0059", "Residual", "Net.First: Residual reads 16 values, but gets 8 values from Below; change [Block] of Residual, or the layer before it")]
    public Task An_error_below_a_use_comes_alone(string below, string id, string squiggle, string message) => Reports(
        Residual + Net("[Model(16)]", below, "public partial Residual First { get; }", "[Linear(10, From = ModelAttribute.Sample)] public partial Linear Logits { get; }"),
        new Expected(id, squiggle, message));

    [Fact]
    public Task FPE0059_shape_of_a_named_value() => Reports(
        Residual + Net(
            "[Model(1, 4, 4)]", "[Flatten] public partial Flatten Flat { get; }", "[Use(From = ModelAttribute.Sample)] public partial Residual First { get; }",
            "[Concat(nameof(Flat), nameof(First))] public partial Concat All { get; }", Logits),
        new Expected("FPE0059", "ModelAttribute.Sample", "Net.First: Residual reads 16 values, but gets an image of 1 × 4 × 4 from the sample; change [Block] of Residual, or the layer before it"));

    [Theory]
    [InlineData("1_000_000", 1_000_000, 2_000_000L)]
    [InlineData("2049", 2049, 4098L)]
    [InlineData("int.MaxValue", int.MaxValue, 4294967294L)]
    public Task FPE0060_too_many_layers(string number, int times, long layers) => Reports(
        Residual + Net("[Model(16)]", $"[Repeat({number})] public partial {List}<Residual> Blocks {{ get; }}", Logits),
        new Expected("FPE0060", number, $"Net.Blocks: {times} uses of Residual with 2 layers would make {layers} layers, but the maximum is 4096; repeat it less often"));

    [Theory]
    [InlineData("0")]
    [InlineData("-3")]
    public Task FPE0010_number_of_repeats(string times) => Reports(
        Residual + Net("[Model(16)]", $"[Repeat({times})] public partial {List}<Residual> Blocks {{ get; }}", Logits),
        new Expected("FPE0010", times, $"Net.Blocks: the number of repeats must be at least 1, but is {times}"));

    [Fact]
    public Task FPE0010_number_of_repeats_alone() => Reports(
        Residual + Net("[Model(64)]", $"[Repeat(0)] public partial {List}<Residual> Blocks {{ get; }}", Logits),
        new Expected("FPE0010", "0", "Net.Blocks: the number of repeats must be at least 1, but is 0"));

    [Theory]
    [InlineData("[Model(16), Block(16)]", "a model cannot be a block")]
    [InlineData("[Block(16), Model(16)]", "a block cannot be a model")]
    public Task FPE0002_model_and_block(string attributes, string problem) => Reports(
        Net(attributes, Logits),
        new Expected("FPE0002", "Net", $"Net: {problem} as well; remove [Model] or [Block]"));

    [Fact]
    public Task FPE0002_block_with_a_primary_constructor() => Reports(
        $"[Block(16)] public sealed partial class Body(int size) {{ {Hidden} public int Size => size; }}\n",
        new Expected("FPE0002", "Body", "Body: a block cannot be a class with a primary constructor; use properties instead"));

    [Fact]
    public Task FPE0002_block_with_a_base_class() => Reports(
        "public class Base;\n[Block(16)] public sealed partial class Child : Base { " + Hidden + " }\n",
        new Expected("FPE0002", "Child", "Child: a block cannot be derived from Base; remove the base class"));

    [Fact]
    public Task FPE0003_use_that_is_not_partial() => Reports(
        Residual + Net("[Model(16)]", "public Residual First { get; } = null!;", "public Residual Second => First;",
            "public Residual Fourth { get { return First; } }", "public Residual Fifth { get => First; }", "public Residual Third { get; }", Logits),
        new Expected("FPE0003", "Third", "Net.Third: a use of a block must be a partial property; declare it as 'public partial Residual Third { get; }'"));

    [Fact]
    public Task FPE0003_repeated_use_that_is_not_partial() => Reports(
        Residual + Net("[Model(16)]", $"[Repeat(2)] public {List}<Residual> Rest {{ get; }}", Logits),
        new Expected("FPE0003", "Rest", "Net.Rest: a use of a block must be a partial property; declare it as 'public partial IReadOnlyList<Residual> Rest { get; }'"));

    [Theory]
    [InlineData("Rest", "Rest", "Rest")]
    [InlineData("this[int index]", "this[]", "Blocks", "CS9248")]
    public Task FPE0057_names_the_property(string property, string shown, string suggested, params string[] compilerIds) => Reports(
        Net("[Model(16)]", $"[Use] public partial Linear {property} {{ get; }}", Logits), compilerIds,
        new Expected("FPE0057", "Linear", $"Net.{shown}: [Use] uses a block, but the type is Linear; declare it as 'public partial TBlock {suggested} {{ get; }}', where TBlock is a class with [Block] that declares the layers"));

    /// <summary>Blocks reads Hidden, although Middle is before it.</summary>
    [Fact]
    public Task A_repeated_block_reads_what_it_names() => Reports(
        Residual + Net(
            "[Model(16)]", Hidden, "[Linear(16), Relu] public partial Linear Middle { get; }",
            $"[Repeat(2, From = nameof(Hidden))] public partial {List}<Residual> Blocks {{ get; }}", Logits),
        new Expected("FPE0050", "Middle", "Net.Middle: no layer reads this layer, and it is not the last; let a layer read it, or remove it"));

    /// <summary>Code of the author's that returns a block does not use it.</summary>
    [Fact]
    public Task A_block_may_know_the_one_that_uses_it() => Reports(
        Block("Outer", "[Block(16)]", "public partial Inner First { get; }") + Block("Inner", "[Block(16)]", Hidden, "public Outer? Around => null;"));

    [Fact]
    public Task FPE0039_within_a_block() => Reports(
        Block("Body", "[Block(16)]", "[Linear(16), Expand(2)] public partial Linear Hidden { get; }", "[Linear(16)] public partial Linear Next { get; }"),
        new Expected("FPE0039", "Linear(16)", "Body.Hidden: the layer is expanded, but has no activation, so it and Next together are one linear map, no matter how many children it has; add an activation, such as [Relu]"));

    /// <summary>What pruning leaves depends on the whole model.</summary>
    [Fact]
    public Task Pruning_is_not_foreseen_within_a_block() => Reports(
        Block("Body", "[Block(384)]", "[Linear(16), Relu, Expand(4)] public partial Linear Hidden { get; }", "[Linear(266)] public partial Linear Next { get; }"));

    /// <summary>The groups of the innermost class apply.</summary>
    [Fact]
    public Task FPE0028_groups_of_a_model_above_those_of_a_block() => Reports(
        Block("Body", "[Block(12), Clause(0, 1), Clause(2, 3)]", "[Linear(12), Relu, Expand(2, Split.Clause)] public partial Linear Hidden { get; }")
        + Net("[Model(12), Clause(4, 5)]", "public partial Body First { get; }", Logits),
        new Expected("FPE0028", "Clause(4, 5)", "Net: [Clause] has no effect, because First.Hidden has its own groups; remove it"));

    [Fact]
    public Task FPE0004_use_with_a_setter() => Reports(
        Residual + Net("[Model(16)]", "public partial Residual First { get; set; }", Logits),
        new Expected("FPE0004", "set", "Net.First: a use of a block must be an instance property with a getter only, but this one has a setter; declare it as 'public partial Residual First { get; }'"));

    [Fact]
    public Task FPE0005_block_without_layers() => Reports(
        "[Block(16)] public sealed partial class Empty { }\n" + Net("[Model(16)]", "public partial Empty First { get; }", Logits),
        new Expected("FPE0005", "Empty", "Empty: the block has no layer; add one, such as '[Linear(64)] public partial Linear Hidden { get; }'"));

    [Fact]
    public Task FPE0009_member_of_a_block() => Reports(
        Block("Residual", "[Block(16)]", "public int OutputCount => 1;", Hidden),
        new Expected("FPE0009", "OutputCount", "Residual: a member collides with the generated constant OutputCount; rename it"));

    [Theory]
    [InlineData("[Relu]", "Relu", "Linear, Conv2d, DepthwiseConv2d, Conv1d or Activation")]
    [InlineData("[Expand(4)]", "Expand(4)", "Linear, Conv2d or Conv1d")]
    [InlineData("[LayerNorm]", "LayerNorm", "LayerNorm")]
    public Task FPE0016_attribute_of_a_layer_on_a_use(string attribute, string squiggle, string kinds) => Reports(
        Residual + Net("[Model(16)]", $"{attribute} public partial Residual First {{ get; }}", Logits),
        new Expected("FPE0016", squiggle, $"Net.First: [{squiggle.Split('(')[0]}] applies to a {kinds} layer, but this is a use of a block; move it into the block"));

    /// <summary>An error of the block's own: the models that use it have no errors that follow from it, and other code compiles.</summary>
    [Fact]
    public Task Errors_of_a_block_are_said_once() => Reports(
        Block("Residual", "[Block(16)]", "[Linear(16), Relu, Expand(17)] public partial Linear Hidden { get; }", Sum)
        + Block("Pair", "[Block(16)]", "public partial Residual One { get; }", "public partial Residual Two { get; }")
        + Net("[Model(16)]", Blocks, "public partial Pair Rest { get; }", Logits, "public Linear Last => Rest.Two.Hidden;"),
        new Expected("FPE0012", "17", "Residual.Hidden: factor 17 is larger than its 16 inputs, so a child would have no weights; the largest factor that fits is 16"));

    [Fact]
    public Task Unknown_and_unread_layers_of_a_block() => Reports(
        Block("Residual", "[Block(16)]", Hidden, "[Linear(16, From = ModelAttribute.Sample)] public partial Linear Other { get; }")
        + Block("Skip", "[Block(16)]", Hidden, "[Linear(16, From = BlockAttribute.Input)] public partial Linear Other { get; }"),
        new Expected("FPE0048", "ModelAttribute.Sample", "Residual.Other: the layer reads '(sample)', but there is no such layer; name a layer before it, or BlockAttribute.Input"),
        new Expected("FPE0050", "Hidden", "Skip.Hidden: no layer reads this layer, and it is not the last; let a layer read it, or remove it"));

    [Fact]
    public Task A_use_that_is_not_read() => Reports(
        Residual + Net("[Model(16)]", Hidden, Blocks, "[Linear(10, From = nameof(Hidden))] public partial Linear Logits { get; }"),
        new Expected("FPE0050", "Blocks", "Net.Blocks: no layer reads this layer, and it is not the last; let a layer read it, or remove it"));

    /// <summary>The expansion fits the block, but not the layer that reads it in this model.</summary>
    [Fact]
    public Task Errors_of_a_use_stand_at_the_layer_with_the_name_of_the_use() => Reports(
        Block("Body", "[Block(16)]", "[Linear(16), Relu, Expand(16, Outgoing = Outgoing.Deal)] public partial Linear Hidden { get; }")
        + Net("[Model(16)]", $"[Repeat(3)] public partial {List}<Body> Blocks {{ get; }}", Logits),
        new Expected("FPE0013", "16", "Net.Blocks.2.Hidden: factor 16 is larger than the 10 neurons of Logits, so with Outgoing.Deal a child would have no reader; the largest factor that fits is 10"));

    [Fact]
    public Task An_error_of_all_uses_is_said_once() => Reports(
        Residual + Net("[Model(16), Expand(17)]", Blocks, Logits),
        new Expected("FPE0012", "17", "Net.Blocks.0.Hidden: factor 17 is larger than its 16 inputs, so a child would have no weights; the largest factor that fits is 16"));

    [Fact]
    public Task An_error_of_two_layers_at_one_place_is_said_of_both() => Reports(
        Block("Pair", "[Block(16)]", Hidden, "[Linear(16), Relu] public partial Linear Second { get; }") + Net("[Model(16), Expand(17)]", $"[Repeat(2)] public partial {List}<Pair> Blocks {{ get; }}", Logits),
        new Expected("FPE0012", "17", "Net.Blocks.0.Hidden: factor 17 is larger than its 16 inputs, so a child would have no weights; the largest factor that fits is 16"),
        new Expected("FPE0012", "17", "Net.Blocks.0.Second: factor 17 is larger than its 16 inputs, so a child would have no weights; the largest factor that fits is 16"));

    [Fact]
    public Task The_outputs_of_a_model_can_be_in_a_block() => Reports(
        Block("Head", "[Block(16)]", "[Linear(10), Expand(2)] public partial Linear Logits { get; }") + Net("[Model(16)]", Hidden, "public partial Head Head { get; }"),
        new Expected("FPE0018", "Expand(2)", "Net.Head.Logits: the output layer cannot be expanded, because its neurons are the model's outputs; remove [Expand]"));

    /// <summary>A warning about a block's own layers stands where they are declared, and not in its uses.</summary>
    [Fact]
    public Task Warnings_of_a_block_are_said_once() => Reports(
        Block("Body", "[Block(16)]", "[Linear(16), Relu, Expand(3)] public partial Linear Hidden { get; }", "[Linear(16), Relu] public partial Linear Narrow { get; }")
        + Net("[Model(16)]", "[Linear(16), Relu, Expand(2)] public partial Linear Stem { get; }", $"[Repeat(2)] public partial {List}<Body> Blocks {{ get; }}", Logits),
        new Expected("FPE0026", "3", "Body.Hidden: factor 3 does not divide its 16 inputs, so a neuron's children have 1 × 6 and 2 × 5 inputs; the nearest factors that divide are 2 and 4"));

    [Fact]
    public Task FPE0020_budget_of_a_block() => Reports(
        Block("Residual", "[Block(16), NonZeroBudget(255)]", Hidden, Sum) + Block("Fits", "[Block(16), NonZeroBudget(512)]", $"[Repeat(2)] public partial {List}<Small> Two {{ get; }}")
        + Block("Small", "[Block(16), NonZeroBudget(256)]", Hidden),
        new Expected("FPE0020", "255", "Residual: 256 non-zero weights exceed the budget of 255 by 1; the largest layer is Hidden with 256 weights; give it fewer neurons, or raise the budget to 256"));

    /// <summary>The example of the README.</summary>
    [Fact]
    public Task A_deep_model_of_blocks_is_right() => Reports(
        Block(
            "Residual", "[Block(inputs: 64)]", "[LayerNorm] public partial LayerNorm Norm { get; }", "[Linear(256), Gelu, Expand(factor: 4, Outgoing = Outgoing.Deal)] public partial Linear Wide { get; }",
            "[Linear(64)] public partial Linear Narrow { get; }", "[Add(BlockAttribute.Input, nameof(Narrow))] public partial Add Sum { get; }")
        + Net("[Model(inputs: 784)]", "[Linear(64)] public partial Linear Stem { get; }", Blocks, Logits));

    [Fact]
    public Task FPE0046_budget_of_a_block_that_learns_its_edges() => Reports(
        Block("Body", "[Block(16), NonZeroBudget(256)]", Hidden)
        + Net("[Model(16), Expand(4, Split.Learned), NonZeroBudget(200)]", $"[Repeat(2)] public partial {List}<Body> Blocks {{ get; }}", Logits),
        new Expected("FPE0046", "256", "Net.Blocks.0: [NonZeroBudget] of a block does not apply to Split.Learned, because the model decides which of its layers keep how many weights; move it to the model"));

    [Fact]
    public Task FPE0037_use_and_layer() => Reports(
        Residual + Net("[Model(16)]", "public partial Residual Hidden { get; }", "[Linear(16), Relu] public partial Linear hidden { get; }", Logits),
        new Expected("FPE0037", "hidden", "Net.hidden: in model files, the parameters of Hidden and hidden would both be named 'hidden.…', because the first letter becomes lower case there; rename one of the layers"));

    [Fact]
    public Task A_block_can_be_generic_and_nested_in_the_model() => Reports(Net(
        "[Model(16)]", "private partial Body<string> First { get; }", $"[Repeat(2)] private partial {List}<Body<int>> Rest {{ get; }}", Logits,
        Block("Body<T>", "[Block(16)]", Hidden).Replace("public sealed", "private sealed", StringComparison.Ordinal)));

    /// <summary>The squiggle is in the file of the block, the name is that of the use.</summary>
    [Fact]
    public async Task Findings_of_a_use_stand_in_the_file_of_the_block()
    {
        const string Header = "using Fpe;\nnamespace Samples;\n";
        const string Expanded = "[Linear(16), Expand(2)] public partial Linear Hidden { get; }";
        GeneratedProject project = TestProject.Generate(TestProject.Compile(
            Header + Net("[Model(16)]", "public partial Body First { get; }", Logits), Header + Block("Body", "[Block(16)]", Expanded)));
        Diagnostic warning = Assert.Single(await TestProject.Findings(project));
        Assert.Equal(("FPE0039", "Source1.cs"), (warning.Id, warning.Location.SourceTree!.FilePath));
        Assert.StartsWith("Net.First.Hidden: the layer is expanded, but has no activation", warning.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    private static string Block(string name, string attributes, params string[] members) =>
        Net(attributes, members).Replace("class Net", $"class {name}", StringComparison.Ordinal);
}
