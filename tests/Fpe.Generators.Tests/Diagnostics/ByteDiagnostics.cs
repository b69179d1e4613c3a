using Fpe.Generators.Tests.Support;
using static Fpe.Generators.Tests.Support.Diagnose;

namespace Fpe.Generators.Tests.Diagnostics;

/// <summary>Budgets of bytes. The numbers in the messages follow from the rules in <c>Shared/Bytes</c>, worked out by hand.</summary>
public sealed class ByteDiagnostics
{
    private const string Hidden = "[Linear(5), Relu] public partial Linear Hidden { get; }";
    private const string Logits = "[Linear(3)] public partial Linear Logits { get; }";

    /// <summary>45 weights up to 48 and two numbers for each of 5 rows; 15 up to 16 and three for each of 3.</summary>
    [Theory]
    [InlineData(140)]
    [InlineData(1000)]
    public Task A_budget_that_is_met_reports_nothing(int bytes) => Reports(Net($"[Model(9), ByteBudget({bytes}, NumberFormat.Int8, Scratch = 20)]", Hidden, Logits));

    /// <summary>With 4 neurons: 36 weights and 8 numbers, 12 and 9.</summary>
    [Fact]
    public Task FPE0079_names_excess_layer_and_what_fits() => Reports(
        Net("[Model(9), ByteBudget(139, NumberFormat.Int8)]", Hidden, Logits),
        new Expected("FPE0079", "139", "Net: in C with numbers of 8 bits, the tables take 140 bytes, 1 more than the budget of 139; the largest layer is Hidden with 88; give Hidden 4 neurons or raise the budget to 140"));

    /// <summary>Four bytes for each of 9n + n + 3n + 3 numbers.</summary>
    [Fact]
    public Task FPE0079_other_numbers_would_fit() => Reports(
        Net("[Model(9), ByteBudget(bytes: 200, format: NumberFormat.Float)]", Hidden, Logits),
        new Expected("FPE0079", "200", "Net: in C with floating-point numbers, the tables take 272 bytes, 72 more than the budget of 200; the largest layer is Hidden with 200; give Hidden 3 neurons, use NumberFormat.Int8 or raise the budget to 272"));

    /// <summary>Of many widths every other is tried first: 300 is between two of them. 2,700 weights and 2,400 numbers, 900 and 36.</summary>
    [Fact]
    public Task FPE0079_finds_the_widest_of_many() => Reports(
        Net("[Model(9), ByteBudget(6036, NumberFormat.Int8)]", "[Linear(600), Relu] public partial Linear Hidden { get; }", Logits),
        new Expected("FPE0079", "6036", "Net: in C with numbers of 8 bits, the tables take 12036 bytes, 6000 more than the budget of 6036; the largest layer is Hidden with 10200; give Hidden 300 neurons or raise the budget to 12036"));

    [Fact]
    public Task FPE0079_of_the_output_layer_makes_a_hidden_layer_smaller() => Reports(
        Net("[Model(4), ByteBudget(300, NumberFormat.Int8)]", "[Linear(4), Relu] public partial Linear Hidden { get; }", "[Linear(30)] public partial Linear Logits { get; }"),
        new Expected("FPE0079", "300", "Net: in C with numbers of 8 bits, the tables take 528 bytes, 228 more than the budget of 300; the largest layer is Logits with 480; raise the budget to 528"));

    [Fact]
    public Task FPE0079_without_hidden_layers() => Reports(
        Net("[Model(4), ByteBudget(10, NumberFormat.Int8)]", "[Linear(1)] public partial Linear Value { get; }"),
        new Expected("FPE0079", "10", "Net: in C with numbers of 8 bits, the tables take 12 bytes, 2 more than the budget of 10; the largest layer is Value with 12; raise the budget to 12"));

    /// <summary>The bound of a pruned model: 296 weights, 102 bytes of edges and 128 of factors of Hidden, 26 and 120 of Logits.</summary>
    [Fact]
    public Task FPE0079_of_a_pruned_model_is_a_bound() => Reports(
        Net("[Model(64), ByteBudget(600, NumberFormat.Int8)]", "[Linear(4), Relu, Expand(4)] public partial Linear Hidden { get; }", "[Linear(10)] public partial Linear Logits { get; }"),
        new Expected("FPE0079", "600", "Net: in C with numbers of 8 bits, the tables take at most 672 bytes, 72 more than the budget of 600; the largest layer is Hidden with at most 486; give Hidden 3 neurons, give Hidden factor 2 or raise the budget to 672"));

    [Fact]
    public Task FPE0080_of_the_memory_of_a_prediction() => Reports(
        Net("[Model(9), ByteBudget(140, NumberFormat.Int8, Scratch = 16)]", Hidden, Logits),
        new Expected("FPE0080", "16", "Net: in C with numbers of 8 bits, a prediction needs 20 bytes of scratch memory, 4 more than the budget of 16; the widest layer is Hidden with 5 values; make it narrower or raise the budget to 20"));

    [Fact]
    public Task FPE0079_and_FPE0080_are_reported_together() => Reports(
        Net("[Model(20), ByteBudget(9, NumberFormat.Float, Scratch = 20)]", "[Linear(16), Relu] public partial Linear Hidden { get; }", "[Linear(1)] public partial Linear Value { get; }"),
        new Expected("FPE0079", "9", "Net: in C with floating-point numbers, the tables take 1412 bytes, 1403 more than the budget of 9; the largest layer is Hidden with 1344; raise the budget to 1412"),
        new Expected("FPE0080", "20", "Net: in C with floating-point numbers, a prediction needs 64 bytes of scratch memory, 44 more than the budget of 20; the widest layer is Hidden with 16 values; make it narrower, use NumberFormat.Int8 or raise the budget to 64"));

    [Fact]
    public Task FPE0081_names_the_layer() => Reports(
        Net("[Model(4), ByteBudget(1000, NumberFormat.Float)]", Hidden, "[Linear(5)] public partial Linear More { get; }", "[Add(nameof(Hidden), nameof(More))] public partial Add Sum { get; }", Logits),
        new Expected("FPE0081", "ByteBudget(1000, NumberFormat.Float)", "Net.Sum: the layer does not read the layer before it alone, but generated C is a chain of layers; change the layer, or remove [ByteBudget]"));

    [Fact]
    public Task FPE0081_other_numbers_would_do() => Reports(
        Net("[Model(4), ByteBudget(1000, NumberFormat.Int8)]", Hidden, "[BatchNorm] public partial BatchNorm Norm { get; }", Logits),
        new Expected("FPE0081", "ByteBudget(1000, NumberFormat.Int8)", "Net.Norm: a layer of the kind BatchNorm cannot be written as C of 8 bits; Linear, activations, Flatten, Dropout and BatchNorm after Linear can; use NumberFormat.Float, or remove [ByteBudget]"));

    [Fact]
    public Task FPE0081_of_a_block() => Reports(
        "[Block(4), ByteBudget(9, NumberFormat.Int8)]\npublic sealed partial class Body { [Linear(4), Relu] public partial Linear Hidden { get; } }",
        new Expected("FPE0081", "ByteBudget(9, NumberFormat.Int8)", "Body: [ByteBudget] limits the bytes of a whole model, but this is a block; move it to the model"));

    [Theory]
    [InlineData("ByteBudget(0, NumberFormat.Int8)", "0", "the budget must be at least 1, but is 0")]
    [InlineData("ByteBudget(9000, NumberFormat.Int8, Scratch = -1)", "-1", "Scratch must be at least 1, but is -1")]
    public Task FPE0010_of_a_budget_that_is_not_positive(string attribute, string squiggle, string problem) => Reports(
        Net($"[Model(9), {attribute}]", Hidden, Logits), new Expected("FPE0010", squiggle, $"Net: {problem}"));

    [Fact]
    public Task FPE0019_of_a_format_that_does_not_exist() => Reports(
        Net("[Model(9), ByteBudget(9000, (NumberFormat)7)]", Hidden, Logits),
        new Expected("FPE0019", "(NumberFormat)7", "Net: (NumberFormat)7 is not a value of NumberFormat; use NumberFormat.Float or NumberFormat.Int8"));

    [Fact]
    public Task FPE0038_a_type_with_the_name_of_the_numbers() => Reports(
        Net("[Model(9), ByteBudget(9000, NumberFormat.Int8)]", Hidden, Logits) + "public enum NumberFormat { Int8 }",
        ["CS1503"],
        new Expected("FPE0038", "NumberFormat.Int8", "Net: 'NumberFormat' refers to Samples.NumberFormat here, not to Fpe.NumberFormat; write Fpe.NumberFormat.Int8"));
}
