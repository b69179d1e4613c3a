using System.Text;
using Fpe.Compute;
using Fpe.Generators.Tests.Support;
using static Fpe.Generators.Tests.Support.Diagnose;

namespace Fpe.Generators.Tests.Diagnostics;

/// <summary>Names that collide once they are mapped, or that mean something else where they stand.</summary>
public sealed class NameDiagnostics
{
    private const string Logits = "[Linear(10)] public partial Linear Logits { get; }";

    [Fact]
    public Task FPE0036_forgotten_model() => Reports(
        $$"""
        public sealed partial class Net { [Linear(4)] public partial Linear Hidden { get; } {{Logits}} }
        """,
        ["CS9248"],
        new Expected("FPE0036", "Net", "Net: the class has layers, such as Hidden, but no [Model], so nothing is generated for it; add '[Model(inputs: …)]' to it"));

    [Fact]
    public Task FPE0036_forgotten_model_of_images() => Reports(
        $"public sealed partial class Net {{ [Conv2d(4, 3)] public partial Conv2d Edges {{ get; }} {Logits} }}",
        ["CS9248"],
        new Expected("FPE0036", "Net", "Net: the class has layers, such as Edges, but no [Model], so nothing is generated for it; add '[Model(channels: …, height: …, width: …)]' to it"));

    [Theory]
    [InlineData("Conv2d(4, 3)", "(channels: …, height: …, width: …)")]
    [InlineData("DepthwiseConv2d(3)", "(channels: …, height: …, width: …)")]
    [InlineData("MaxPool2d(2)", "(channels: …, height: …, width: …)")]
    [InlineData("AvgPool2d(2)", "(channels: …, height: …, width: …)")]
    [InlineData("GlobalAvgPool2d", "(channels: …, height: …, width: …)")]
    [InlineData("Dropout2d(0.5)", "(channels: …, height: …, width: …)")]
    [InlineData("Flatten", "(channels: …, height: …, width: …)")]
    [InlineData("Embedding(4)", "(tokens: …, vocabulary: …)")]
    [InlineData("EmbeddingBag(4)", "(tokens: …, vocabulary: …)")]
    [InlineData("Input(numbers: 4)", "()")]
    [InlineData("Conv1d(4, 3)", "(inputs: …)")]
    [InlineData("MeanPool", "(inputs: …)")]
    [InlineData("SelfAttention(2)", "(inputs: …)")]
    [InlineData("Dropout(0.5)", "(inputs: …)")]
    [InlineData("LayerNorm", "(inputs: …)")]
    [InlineData("BatchNorm", "(inputs: …)")]
    [InlineData("Add(\"a\", \"b\")", "(inputs: …)")]
    [InlineData("Concat(\"a\", \"b\")", "(inputs: …)")]
    public Task FPE0036_suggests_what_the_first_layer_reads(string attribute, string arguments) => Reports(
        $"public sealed partial class Net {{ [{attribute}] public partial {attribute.Split('(')[0]} First {{ get; }} {Logits} }}",
        ["CS9248"],
        new Expected("FPE0036", "Net", $"Net: the class has layers, such as First, but no [Model], so nothing is generated for it; add '[Model{arguments}]' to it"));

    [Fact]
    public Task FPE0036_behind_a_property_that_is_no_layer() => Reports(
        $"public sealed partial class Net {{ public int Size => 3; {Logits} }}",
        ["CS9248"],
        new Expected("FPE0036", "Net", "Net: the class has layers, such as Logits, but no [Model], so nothing is generated for it; add '[Model(inputs: …)]' to it"));

    [Fact]
    public Task FPE0036_two_kinds_on_one_property_are_one_error() => Reports(
        "public sealed partial class Net { [Dropout(0.5), Linear(4)] public partial Linear Hidden { get; } }",
        ["CS9248"],
        new Expected("FPE0036", "Net", "Net: the class has layers, such as Hidden, but no [Model], so nothing is generated for it; add '[Model(inputs: …)]' to it"));

    [Theory]
    [InlineData("[Model(64)] public sealed partial class Net;")]
    [InlineData("[ModelAttribute(64)] public sealed partial class Net;")]
    [InlineData("[Fpe.Model(64)] public sealed partial class Net;")]
    public Task A_model_declared_on_another_part_is_not_forgotten(string part) => Reports(
        $"{part}\npublic sealed partial class Net {{ {Logits} }}");

    [Theory]
    [InlineData("[Linear(4)] public partial Linear hidden { get; }")]
    [InlineData("[Dropout(0.5)] public partial Dropout hidden { get; }")]
    public Task FPE0037_names_that_are_one_in_model_files(string second) => Reports(
        Net("[Model(64)]", "[Linear(4), Relu] public partial Linear Hidden { get; }", second, Logits),
        new Expected("FPE0037", "hidden", "Net.hidden: in model files, the parameters of Hidden and hidden would both be named 'hidden.weight', because the first letter becomes lower case there; rename one of the layers"));

    [Theory]
    [InlineData("Hidden")]
    [InlineData("hidden")]
    [InlineData("İki")]
    [InlineData("_First")]
    public void The_name_is_mapped_as_the_runtime_does(string layer)
    {
        using var net = new Runtime(new ModelPlan("Net", 2, false, 4, 4, 4, [new LinearPlan(layer, 2, 2)]));
        Assert.Equal(Identifier.CamelCase(layer) + ".weight", net.Parameters.First().Name);
    }

    [Fact]
    public Task Names_that_differ_in_other_letters_are_accepted() => Reports(
        Net("[Model(64)]", "[Linear(4), Relu] public partial Linear HiDden { get; }", "[Linear(4), Relu] public partial Linear hidden { get; }", Logits));

    [Fact]
    public Task FPE0009_two_layers_of_one_name() => Reports(
        Net("[Model(64)]", "[Linear(4)] public partial Linear Hidden { get; }", "[Linear(8)] public partial Linear Hidden { get; }", Logits),
        ["CS0102", "CS9250"],
        new Expected("FPE0009", "Hidden", "Net.Hidden: the layer collides with the other layer of this name; rename one of them"));

    [Theory]
    [InlineData("public Net() { }")]
    [InlineData("public Net(long first) { }")]
    public Task FPE0009_constructor_with_the_parameters_of_an_emitted_one(string constructor) => Reports(
        Net("[Model(64)]", Logits, constructor),
        new Expected("FPE0009", "Net", "Net: a constructor collides with the generated one with the same parameters; change its parameters"));

    [Theory]
    [InlineData("LayerAt")]
    [InlineData("ForwardBatch")]
    [InlineData("PredictClass")]
    public Task FPE0009_inherited_method_that_emitted_code_calls(string name) => Reports(
        Net("[Model(64)]", Logits, $"private int {name} => 0;"),
        name == "LayerAt" ? [] : ["CS0108"], // the compiler tells generic methods from properties
        new Expected("FPE0009", name, $"Net: a member collides with Fpe.Model.{name}; rename it"));

    [Fact]
    public Task A_constructor_of_a_block_with_the_parameters_of_the_emitted_one() => Reports(
        Net("[Block(64)]", Logits, "internal Net(Fpe.Model model, int first) { _ = (model, first); }", "internal Net(Fpe.Model model) : this(model, 0) { }"),
        new Expected("FPE0009", "Net", "Net: a constructor collides with the generated one with the same parameters; change its parameters"));

    [Fact]
    public Task A_member_that_hides_one_that_emitted_code_does_not_call_is_left_to_the_compiler() => Reports(
        Net("[Model(64)]", Logits, "private int Parameters => 0;"), ["CS0108"]);

    [Fact]
    public Task FPE0009_constant_of_tables() => Reports(
        Net("[Model(tokens: 4, vocabulary: 9)]", "[EmbeddingBag(4)] public partial EmbeddingBag Words { get; }", Logits, "private int TableWeights => 0;"),
        new Expected("FPE0009", "TableWeights", "Net: a member collides with the generated constant TableWeights; rename it"));

    [Theory]
    [InlineData("[Model(64)]", "")]
    [InlineData("[Block(64)]", "")]
    [InlineData("[Block(1, 8, 8)]", "[Flatten] public partial Flatten Features { get; }")]
    public Task Constants_that_are_not_emitted_are_free_names(string attribute, string layer) => Reports(
        Net(attribute, layer, Logits, "public int TableWeights => 0;", "public int InputWidth => 0;"),
        layer.Length == 0 ? [] : [new Expected("FPE0009", "InputWidth", "Net: a member collides with the generated constant InputWidth; rename it")]);

    /// <summary>A block does not derive from Fpe.Model.</summary>
    [Fact]
    public Task A_layer_of_a_block_may_have_the_name_of_a_member_of_models() => Reports(
        Net("[Block(64)]", "[Linear(64), Relu] public partial Linear Parameters { get; }"));

    [Fact]
    public Task A_block_has_fewer_constants_than_a_model() => Reports(
        Net("[Block(64)]", Logits, "public int DenseBiases => 0;", "public int NonZeroCount => 0;"),
        new Expected("FPE0009", "DenseBiases", "Net: a member collides with the generated constant DenseBiases; rename it"));

    [Fact]
    public Task FPE0009_constants_of_a_block_with_some_weights() => Reports(
        Net("[Block(64)]", "[LayerNorm] public partial LayerNorm Norm { get; }", "[Linear(64)] public partial Linear Hidden { get; }").Replace("class Net", "class Body", StringComparison.Ordinal)
        + Net("[Model(64)]", "public partial Body First { get; }", Logits, "public int FirstDenseWeights => 0;", "public int NormDenseWeights => 0;"),
        new Expected("FPE0009", "FirstDenseWeights", "Net: a member collides with the generated constant FirstDenseWeights; rename it"));

    [Fact]
    public Task Constants_of_images_are_free_names_without_images() => Reports(
        Net("[Model(64)]", "[Linear(4), Relu] public partial Linear InputHeight { get; }", Logits));

    [Fact]
    public Task Constants_of_other_classes_may_be_arguments() => Reports(
        Net("[Model(Sizes.Inputs)]", Logits) + "public static class Sizes { public const int Inputs = 64; }");

    [Fact]
    public Task Constants_of_other_classes_are_no_enums() => Reports(
        Net("[Model(Sizes.Inputs)]", "[Linear(0)] public partial Linear Logits { get; }") + "public static class Sizes { public const int Inputs = 64; }",
        new Expected("FPE0010", "0", "Net.Logits: the number of neurons must be at least 1, but is 0"));

    [Fact]
    public Task FPE0009_constructor_with_a_device_that_may_be_null() => Reports(
        Net("[Model(64)]", Logits, "public Net(long seed, Fpe.Compute.Device? device) { }"),
        new Expected("FPE0009", "Net", "Net: a constructor collides with the generated one with the same parameters; change its parameters"));

    [Fact]
    public Task A_constructor_that_takes_a_reference_is_another_one() => Reports(
        Net("[Model(64)]", Logits, "public Net(in long seed) : this() { _ = seed; }"));

    [Theory]
    [InlineData("strategy: Split.Random", "public static void Split() { }", "Split", "Samples.Net.Split()", "CS0119")]
    [InlineData("Split.Clause", "public enum Split { Clause }", "Split", "Samples.Net.Split", "CS1503")]
    [InlineData("Outgoing = Outgoing.Deal", "public static int Outgoing => 3;", "Outgoing", "Samples.Net.Outgoing", "CS1061")]
    public Task FPE0038_another_meaning(string argument, string member, string name, string meaning, params string[] compilerIds)
    {
        string value = argument.Split(' ')[^1];
        return Reports(
            Net("[Model(64)]", $"[Linear(4), Relu, Expand(2, {argument})] public partial Linear Hidden {{ get; }}", Logits, member),
            compilerIds,
            new Expected("FPE0038", value, $"Net.Hidden: '{name}' refers to {meaning} here, not to Fpe.{name}; write Fpe.{value}"));
    }

    [Fact]
    public Task FPE0038_a_type_beside_the_class() => Reports(
        Net("[Model(64), Expand(2, Split.Random)]", "[Linear(4), Relu] public partial Linear Hidden { get; }", Logits) + "public enum Split { Random }",
        ["CS1503"],
        new Expected("FPE0038", "Split.Random", "Net: 'Split' refers to Samples.Split here, not to Fpe.Split; write Fpe.Split.Random"));

    [Fact]
    public Task A_full_name_means_the_enum_whatever_else_has_its_name() => Reports(
        Net("[Model(64)]", "[Linear(4), Relu, Expand(2, Fpe.Split.Random)] public partial Linear Split { get; }", Logits));

    [Fact]
    public void A_name_too_long_for_a_file_is_cut_and_stays_unique()
    {
        string start = new('Ä', 130);
        GeneratedProject project = TestProject.Generate(TestProject.Compile(Model(start + "1"), Model(start + "2")));
        string[] names = [.. project.Result.GeneratedSources.Select(file => file.HintName)];
        Assert.Equal(2, names.Distinct().Count());
        Assert.All(names, name => Assert.InRange(Encoding.UTF8.GetByteCount(name), 250, 255));

        static string Model(string name) =>
            $"[Fpe.Model(64)] public partial class {name} {{ [Fpe.Linear(10)] public partial Fpe.Linear Logits {{ get; }} }}";
    }

    private sealed class Runtime(ModelPlan plan) : global::Fpe.Model(plan, seed: 1, Device.Default);
}
