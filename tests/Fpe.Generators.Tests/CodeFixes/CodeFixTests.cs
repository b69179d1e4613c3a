using System.Collections.Immutable;
using Fpe.CodeFixes;
using Fpe.Generators.Tests.Support;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;

namespace Fpe.Generators.Tests.CodeFixes;

public sealed class CodeFixTests
{
    [Fact]
    public Task The_layer_that_was_meant_is_named() => Fixes.Apply<ReplaceNameCodeFix>(
        Graph("[Linear(10, From = {|FPE0048:\"Hiden\"|})]"), Graph("[Linear(10, From = nameof(Hidden))]"));

    [Fact]
    public Task From_of_an_activation_is_removed() => Fixes.Apply<RemoveOptionCodeFix>(
        Graph("[Linear(10), Relu({|FPE0053:From = nameof(Hidden)|})]"), Graph("[Linear(10), {|FPE0040:Relu()|}]"));

    private static string Graph(string logits) => $$"""
        using Fpe;
        [Model(64)]
        public sealed partial class Net
        {
            [Linear(4)]
            public partial Linear Hidden { get; }

            {{logits}}
            public partial Linear Logits { get; }
        }
        """;

    [Fact]
    public Task Partial_is_added_to_the_class_the_types_around_it_and_the_properties() => Fixes.ApplyToAll<AddPartialCodeFix>(
        """
        using Fpe;
        public static class {|FPE0001:Outer|}
        {
            /// <summary>A model.</summary>
            [Model(64)]
            class {|FPE0001:Net|}
            {
                [Linear(4)]
                Linear {|CS8618:{|FPE0003:Hidden|}|} { get; }

                [Linear(10)] public Linear {|CS8618:{|FPE0003:Logits|}|} { get; }
            }
        }
        """,
        """
        using Fpe;
        public static partial class Outer
        {
            /// <summary>A model.</summary>
            [Model(64)]
            partial class Net
            {
                [Linear(4)]
                partial Linear Hidden { get; }

                [Linear(10)] public partial Linear Logits { get; }
            }
        }
        """);

    [Theory]
    [InlineData("public partial Linear Logits { get; {|FPE0004:set|}; }")]
    [InlineData("public partial Linear Logits { get; private {|FPE0004:init|}; }")]
    [InlineData("public {|FPE0004:static|} partial Linear Logits { get; }")]
    [InlineData("public {|FPE0004:required|} partial Linear Logits\n    {\n        get;\n        set;\n    }")]
    [InlineData("public partial Linear {|CS9249:Logits|} {|FPE0004:=> {|CS8603:null|}|};")]
    public Task A_layer_becomes_get_only(string property) => Fixes.Apply<MakeGetOnlyCodeFix>(
        Net("[Model(64)]", $"[Linear(10)] // the output\n    {property} // as classes"),
        Net("[Model(64)]", "[Linear(10)] // the output\n    public partial Linear Logits { get; } // as classes"));

    [Theory]
    [InlineData("[Linear(10)] public partial Linear {|CS9248:{|FPE0004:this|}|}[int index] { get; }")]
    [InlineData("[Linear(10)] public partial Linear Logits { get; }\n    {|FPE0004:public partial Linear Logits => null!;|}")]
    public Task What_cannot_become_get_only_gets_no_fix(string members) =>
        Fixes.OffersNothing<MakeGetOnlyCodeFix>(Net("[Model(64)]", members));

    [Theory]
    [InlineData("[Model(64)]", "Relu, Expand(factor: {|FPE0012:65|}, strategy: Split.Random)", "[Model(64)]", "Relu, Expand(factor: {|FPE0035:64|}, strategy: Split.Random)")]
    [InlineData("[Model(64)]", "Relu, Expand({|FPE0013:16|}, Outgoing = Outgoing.Deal)", "[Model(64)]", "Relu, Expand({|FPE0026:10|}, Outgoing = Outgoing.Deal)")]
    [InlineData("[Model(4), Clause(0, 1), Clause(2, 3)]", "Relu, Expand({|FPE0025:2 + 1|}, Split.Clause)", "[Model(4), Clause(0, 1), Clause(2, 3)]", "Relu, Expand(2, Split.Clause)")]
    [InlineData("[Model(64), Expand({|FPE0012:100|})]", "Relu", "[Model(64), Expand({|FPE0035:64|})]", "Relu")]
    [InlineData("[Model(64)]", "Relu, Expand(2, Share = {|FPE0028:9|})", "[Model(64)]", "Relu, Expand(2, Share = 8)")]
    [InlineData("[Model(64)]", "Relu, Expand({|FPE0035:16|})", "[Model(64)]", "Relu, Expand({|FPE0026:5|})")]
    [InlineData("[Model(64)]", "Relu, Expand(2, Within = {|FPE0045:6|})", "[Model(64)]", "Relu, Expand(2, Within = 4)")]
    [InlineData("[Model(64), NonZeroBudget({|FPE0043:9999|})]", "Expand(1, Split.Learned)", "[Model(64), NonZeroBudget(591)]", "Expand(1, Split.Learned)")]
    public Task A_number_is_lowered_to_what_fits(string model, string hidden, string expectedModel, string expectedHidden) =>
        Fixes.Apply<ReplaceNumberCodeFix>(WithHidden(model, hidden), WithHidden(expectedModel, expectedHidden));

    [Fact]
    public Task All_factors_are_lowered_at_once() => Fixes.ApplyToAll<ReplaceNumberCodeFix>(
        Net("[Model(4)]", "[Linear(4), Relu, Expand({|FPE0012:8|})] public partial Linear First { get; }", "[Linear(4), Relu, Expand({|FPE0012:5|})] public partial Linear Second { get; }", "[Linear(9)] public partial Linear Output { get; }"),
        Net("[Model(4)]", "[Linear(4), Relu, Expand(4)] public partial Linear First { get; }", "[Linear(4), Relu, Expand({|FPE0035:4|})] public partial Linear Second { get; }", "[Linear(9)] public partial Linear Output { get; }"));

    [Fact]
    public async Task A_factor_is_replaced_by_either_neighbour_that_divides()
    {
        string source = WithHidden("[Model(64)]", "Relu, Expand(factor: {|FPE0026:3|})");
        await Fixes.Apply<ReplaceNumberCodeFix>(source, WithHidden("[Model(64)]", "Relu, Expand(factor: 2)"));
        await Fixes.Apply<ReplaceNumberCodeFix>(source, WithHidden("[Model(64)]", "Relu, Expand(factor: 4)"), action: 1);
    }

    [Fact]
    public Task A_factor_without_a_neighbour_that_divides_gets_no_fix() =>
        Fixes.OffersNothing<ReplaceNumberCodeFix>(WithHidden("[Model(11)]", "Relu, Expand(factor: {|FPE0026:3|}, Outgoing = Outgoing.Deal)"));

    [Fact]
    public Task A_factor_is_not_replaced_if_none_leaves_enough_weights() => Fixes.OffersNothing<ReplaceNumberCodeFix>(Net(
        "[Model(384)]", "[Linear(16), Relu, Expand({|FPE0035:4|})] public partial Linear Hidden { get; }", "[Linear(266)] public partial Linear Logits { get; }"));

    [Fact]
    public async Task A_pattern_is_replaced_by_either_neighbour_that_divides()
    {
        string source = WithHidden("[Model(64)]", "Relu, Expand(2, Within = {|FPE0045:-(-6)|})");
        await Fixes.Apply<ReplaceNumberCodeFix>(source, WithHidden("[Model(64)]", "Relu, Expand(2, Within = 4)"));
        await Fixes.Apply<ReplaceNumberCodeFix>(source, WithHidden("[Model(64)]", "Relu, Expand(2, Within = 8)"), action: 1);
    }

    [Fact]
    public Task A_pattern_that_no_number_could_have_gets_no_fix() =>
        Fixes.OffersNothing<ReplaceNumberCodeFix>(WithHidden("[Model(64)]", "Relu, Expand(3, Within = {|FPE0045:6|})"));

    [Theory]
    [InlineData("[Model(64), NonZeroBudget({|FPE0020:1|})]", "Relu", "[Model(64), NonZeroBudget(592)]")]
    [InlineData("[Model(64), NonZeroBudget({|FPE0043:1|})]", "Relu, Expand(2, Split.Learned)", "[Model(64), NonZeroBudget(18)]")]
    [InlineData("[Model(4), ByteBudget({|FPE0079:1|}, NumberFormat.Float)]", "Relu", "[Model(4), ByteBudget(520, NumberFormat.Float)]")]
    [InlineData("[Model(4), ByteBudget(999, NumberFormat.Float, Scratch = {|FPE0080:1|})]", "Relu", "[Model(4), ByteBudget(999, NumberFormat.Float, Scratch = 32)]")]
    public Task A_budget_is_raised(string model, string hidden, string expectedModel) =>
        Fixes.Apply<ReplaceNumberCodeFix>(WithHidden(model, hidden), WithHidden(expectedModel, hidden));

    [Fact]
    public Task A_budget_is_added() => Fixes.Apply<AddAttributeCodeFix>(
        WithHidden("[{|FPE0043:Model(8, CountBiases = true)|}]", "Relu, Expand(20, Split.Learned)"),
        WithHidden("[Model(8, CountBiases = true), NonZeroBudget(188)]", "Relu, Expand(20, Split.Learned)"));

    [Fact]
    public Task A_budget_that_is_there_is_not_added() => Fixes.OffersNothing<AddAttributeCodeFix>(
        WithHidden("[Model(64), NonZeroBudget({|FPE0043:1|})]", "Relu, Expand(2, Split.Learned)"));

    [Fact]
    public Task An_output_layer_that_learns_its_edges_keeps_its_neurons() => Fixes.Apply<ReplaceNumberCodeFix>(
        Net("[Model(64), NonZeroBudget(100)]", "[Linear(10), Expand({|FPE0018:2|}, Split.Learned)] public partial Linear Logits { get; }"),
        Net("[Model(64), NonZeroBudget(100)]", "[Linear(10), Expand(1, Split.Learned)] public partial Linear Logits { get; }"));

    [Fact]
    public async Task One_of_two_activations_is_removed()
    {
        string source = WithHidden("[Model(64)]", "Relu, {|FPE0015:Tanh|}");
        await Fixes.Apply<RemoveOptionCodeFix>(source, WithHidden("[Model(64)]", "Relu"));
        await Fixes.Apply<RemoveOptionCodeFix>(source, WithHidden("[Model(64)]", "Tanh"), action: 1);
    }

    [Theory]
    [InlineData("Linear(10), {|FPE0018:Expand(2)|}")]
    [InlineData("Linear(10), {|FPE0040:Sigmoid|}")]
    public Task What_the_output_layer_should_not_have_is_removed(string output) => Fixes.Apply<RemoveOptionCodeFix>(
        Net("[Model(64)]", $"[{output}] public partial Linear Logits {{ get; }}"),
        Net("[Model(64)]", "[Linear(10)] public partial Linear Logits { get; }"));

    [Theory]
    [InlineData("{|FPE0008:Dropout|} Logits", "Linear Logits", "")]
    [InlineData("{|FPE0008:Linear?|} Logits", "Linear Logits", "")]
    [InlineData("{|FPE0008:Linear|} Logits", "Fpe.Linear Logits", "public class Linear;")]
    public Task The_type_of_a_property_becomes_the_class_of_the_layer(string property, string expected, string member) =>
        Fixes.Apply<QualifyNameCodeFix>(
            Net("[Model(64)]", $"[Linear(10)] public partial {property} {{ get; }}", member),
            Net("[Model(64)]", $"[Linear(10)] public partial {expected} {{ get; }}", member));

    [Fact]
    public Task A_hidden_enum_is_written_in_full() => Fixes.Apply<QualifyNameCodeFix>(
        Net("[Model(64)]", "[Linear(4), Relu, Expand(2, {|FPE0038:{|CS0120:Split|}.Random|})] public partial Linear Split { get; }", "[Linear(10)] public partial Linear Logits { get; }"),
        Net("[Model(64)]", "[Linear(4), Relu, Expand(2, Fpe.Split.Random)] public partial Linear Split { get; }", "[Linear(10)] public partial Linear Logits { get; }"));

    [Fact]
    public Task An_activation_is_added() => Fixes.Apply<AddAttributeCodeFix>(
        WithHidden("[Model(64)]", "Expand(2)", "{|FPE0039:Linear(8)|}"), WithHidden("[Model(64)]", "Relu, Expand(2)"));

    [Theory]
    [InlineData("[Linear(10)] public partial Linear {|CS9248:Logits|} { get; }", "inputs: {|FPE0010:0|}")]
    [InlineData("[Flatten] public partial Flatten {|CS9248:Features|} { get; } [Linear(10)] public partial Linear {|CS9248:Logits|} { get; }", "channels: {|FPE0010:0|}, height: {|FPE0010:0|}, width: {|FPE0010:0|}")]
    public Task A_forgotten_model_is_added(string layer, string arguments) => Fixes.Apply<AddAttributeCodeFix>(
        $"using Fpe;\npublic partial class Outer\n{{\n    /// <summary>A model.</summary>\n    public partial class {{|FPE0036:Net|}}\n    {{\n        {layer}\n    }}\n}}\n",
        $"using Fpe;\npublic partial class Outer\n{{\n    /// <summary>A model.</summary>\n    [Model({arguments})]\n    public partial class Net\n    {{\n        {Unmarked(layer)}\n    }}\n}}\n");

    [Theory]
    [InlineData("[Model(64)]", "Expand(1, {|FPE0028:Share = 2|})", "[Model(64)]", "Expand(1)")]
    [InlineData("[Model(64)]", "Expand(1, {|FPE0028:Split.Random|}, {|FPE0028:Outgoing = Outgoing.Prune|})", "[Model(64)]", "Expand(1, {|FPE0028:Outgoing = Outgoing.Prune|})")]
    [InlineData("[Model(64), {|FPE0028:Expand(2)|}]", "Relu, Expand(4)", "[Model(64)]", "Relu, Expand(4)")]
    [InlineData("[Model(64)]", "Relu, Expand(4, Split.Learned, {|FPE0028:Outgoing = Outgoing.Prune|})", "[Model(64)]", "Relu, Expand(4, Split.Learned)")]
    [InlineData("[Model(64)]", "Relu, Expand(4, Split.Learned, {|FPE0046:Outgoing = Outgoing.Deal|})", "[Model(64)]", "Relu, Expand(4, Split.Learned)")]
    [InlineData("[Model(64)]", "Relu, Expand(4, Split.Feature, {|FPE0046:Within = 8|})", "[Model(64)]", "Relu, Expand(4, Split.Feature)")]
    [InlineData("[Model(64)]\n[{|FPE0028:Clause(0, 1)|}]", "Relu", "[Model(64)]", "Relu")]
    [InlineData("/// <summary>A model.</summary>\n[{|FPE0028:Clause(0, 1)|}]\n[Model(64)]", "Relu", "/// <summary>A model.</summary>\n[Model(64)]", "Relu")]
    public Task An_option_without_effect_is_removed(string model, string hidden, string expectedModel, string expectedHidden) =>
        Fixes.Apply<RemoveOptionCodeFix>(WithHidden(model, hidden), WithHidden(expectedModel, expectedHidden));

    [Theory]
    [InlineData("Conv2d(8, {|FPE0029:9|})", "Conv2d(8, 6)")]
    [InlineData("Conv2d(filters: 8, kernel: {|FPE0029:9|}, Padding = 1)", "Conv2d(filters: 8, kernel: 8, Padding = 1)")]
    [InlineData("Conv2d(8, 3, Padding = {|FPE0032:3|})", "Conv2d(8, 3, Padding = 2)")]
    public Task A_kernel_or_a_padding_is_lowered_to_what_fits(string convolution, string expected) =>
        Fixes.Apply<ReplaceNumberCodeFix>(WithConvolution(convolution), WithConvolution(expected));

    [Theory]
    [InlineData("Conv2d(8, 3, Padding = {|FPE0032:-1|})")]
    [InlineData("Conv2d(8, {|FPE0010:0|})")]
    public Task A_number_that_is_too_small_is_not_lowered(string convolution) =>
        Fixes.OffersNothing<ReplaceNumberCodeFix>(WithConvolution(convolution));

    [Fact]
    public Task A_flatten_layer_is_added_where_a_linear_layer_would_read_an_image() => Fixes.Apply<InsertFlattenCodeFix>(
        """
        using Fpe;
        [Model(1, 6, 7)]
        public sealed partial class Net
        {
            /// <summary>Edges.</summary>
            [Conv2d(4, 3), Relu]
            public partial Conv2d Features { get; }

            /// <summary>The output layer.</summary>
            [{|FPE0030:Linear(10)|}]
            internal partial Linear Logits { get; }
        }
        """,
        """
        using Fpe;
        [Model(1, 6, 7)]
        public sealed partial class Net
        {
            /// <summary>Edges.</summary>
            [Conv2d(4, 3), Relu]
            public partial Conv2d Features { get; }

            [Flatten]
            internal partial Flatten Features2 { get; }

            /// <summary>The output layer.</summary>
            [Linear(10)]
            internal partial Linear Logits { get; }
        }
        """);

    [Fact]
    public Task A_flatten_layer_is_added_between_lines_without_space() => Fixes.Apply<InsertFlattenCodeFix>(
        Net("[Model(1, 6, 7)]", "[Conv2d(4, 3)]\n    public partial Conv2d Edges { get; }", "[{|FPE0030:Linear(10)|}]\n    public partial Linear Logits { get; }"),
        Net(
            "[Model(1, 6, 7)]", "[Conv2d(4, 3)]\n    public partial Conv2d Edges { get; }", "[Flatten]\n    public partial Flatten Features { get; }",
            "[Linear(10)]\n    public partial Linear Logits { get; }"));

    private static string Unmarked(string source)
    {
        TestFileMarkupParser.GetSpans(source, out string unmarked, out ImmutableArray<TextSpan> _);
        return unmarked;
    }

    private static string WithConvolution(string convolution) => Net(
        "[Model(1, 6, 7)]", $"[{convolution}]\n    public partial Conv2d Edges {{ get; }}", "[Flatten]\n    public partial Flatten Features { get; }",
        "[Linear(10)]\n    public partial Linear Logits { get; }");

    private static string WithHidden(string model, string hidden, string layer = "Linear(8)") => Net(
        model, $"[{layer}, {hidden}]\n    public partial Linear Hidden {{ get; }}", "[Linear(10)]\n    public partial Linear Logits { get; }");

    private static string Net(string attributes, params string[] members) =>
        $"using Fpe;\n{attributes}\npublic sealed partial class Net\n{{\n    {string.Join("\n    ", members)}\n}}\n";
}
