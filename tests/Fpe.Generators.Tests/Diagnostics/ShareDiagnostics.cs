using System.Globalization;
using Fpe.Generators.Tests.Support;
using Microsoft.CodeAnalysis.CSharp;
using static Fpe.Generators.Tests.Support.Diagnose;

namespace Fpe.Generators.Tests.Diagnostics;

/// <summary>How many neurons share a partition if the declaration does not say it, and what is said about that.</summary>
public sealed class ShareDiagnostics
{
    private const string Logits = "[Linear(10)] public partial Linear Logits { get; }";

    [Theory]
    [InlineData(31, "Expand(4)", 1)]
    [InlineData(32, "Expand(4)", 8)]
    [InlineData(63, "Expand(4)", 8)]
    [InlineData(64, "Expand(4)", 16)]
    [InlineData(127, "Expand(2)", 16)]
    [InlineData(128, "Expand(16)", 32)]
    [InlineData(5000, "Expand(16)", 32)]
    [InlineData(128, "Expand(4, Split.Random, Within = 8)", 32)]
    [InlineData(128, "Expand(4, Outgoing = Outgoing.Deal)", 32)]
    [InlineData(128, "Expand(4, Share = 1)", 1)]
    [InlineData(128, "Expand(4, Share = 3)", 3)]
    [InlineData(128, "Expand(4, Split.Feature)", 1)]
    [InlineData(128, "Expand(4, Split.Clause), Clause(0, 1), Clause(2, 3), Clause(4, 5), Clause(6, 7)", 1)]
    [InlineData(128, "Expand(4, Split.Learned)", 1)]
    [InlineData(128, "Expand(1)", 1)]
    public void Wide_layers_of_a_random_split_share(int neurons, string expand, int share) => Assert.Equal(
        share, ShareIn(Net("[Model(144)]", Linear(neurons, expand, "Hidden"), Logits), "Hidden"));

    [Theory]
    [InlineData(127, 1)]
    [InlineData(128, 32)]
    public void Layers_of_few_inputs_do_not_share(int inputs, int share) => Assert.Equal(
        share, ShareIn(Net($"[Model({inputs})]", Linear(128, "Expand(2)", "Hidden"), Logits), "Hidden"));

    [Fact]
    public void The_children_of_a_dealt_layer_have_a_group_of_readers_each()
    {
        string source = Net("[Model(144)]", Linear(128, "Expand(8, Share = 1, Outgoing = Outgoing.Deal)", "First"), Linear(128, "Expand(4)", "Second"), Logits);
        Assert.Equal(16, ShareIn(source, "Second"));
    }

    /// <summary>Neurons of two groups must not share, and a group may be smaller than what is chosen.</summary>
    [Fact]
    public void What_is_read_in_groups_does_not_share()
    {
        string source = Net(
            "[Model(tokens: 8, vocabulary: 50)]", "[Embedding(128)] public partial Embedding Tokens { get; }", Linear(64, "Expand(2)", "Wide"),
            "[Conv1d(16, kernel: 1, Groups = 8), Relu] public partial Conv1d Mixed { get; }", "[MeanPool] public partial MeanPool Mean { get; }", Logits);
        Assert.Equal(1, ShareIn(source, "Wide"));
        Assert.Equal(16, ShareIn(source.Replace(", Groups = 8", "", StringComparison.Ordinal), "Wide"));
    }

    [Theory]
    [InlineData("Expand(4)", 128, 32)]
    [InlineData("Expand(4)", 120, 1)] // the second layer reads only 120 inputs
    [InlineData("Expand(4, Share = 8)", 128, 8)]
    [InlineData("Expand(4, Share = 1)", 128, 1)]
    public void What_is_added_up_shares_alike(string other, int neurons, int share)
    {
        string source = Net(
            "[Model(144)]", Linear(neurons, other, "One"), Linear(neurons, "Expand(4)", "Two"),
            "[Add(nameof(One), nameof(Two))] public partial Add Sum { get; }", Logits);
        Assert.Equal(share, ShareIn(source, "One"));
        Assert.Equal(share, ShareIn(source, "Two"));
    }

    [Theory]
    [InlineData("Expand(4)")]
    [InlineData("Expand(4, Split.Feature)")]
    public Task FPE0074_neurons_with_partitions_of_their_own(string expand) => Informs(
        Net("[Model(64)]", Linear(16, expand, "Hidden"), Logits),
        new Expected("FPE0074", expand, Message("Hidden", "16 neurons", "1.5 to 2", 16)));

    [Fact]
    public Task FPE0074_filters_with_partitions_of_their_own() => Informs(
        Net(
            "[Model(channels: 2, height: 8, width: 8)]", "[Conv2d(9, kernel: 3), Relu, Expand(2)] public partial Conv2d Edges { get; }",
            "[Flatten] public partial Flatten Features { get; }", Logits),
        new Expected("FPE0074", "Expand(2)", Message("Edges", "9 filters", "2 to 4", 8)));

    [Fact]
    public Task FPE0074_of_a_class_is_said_once() => Informs(
        Net("[Model(200), Expand(2)]", Linear(16, "", "First"), Linear(20, "", "Second"), Linear(40, "", "Third"), Logits),
        new Expected("FPE0074", "Expand(2)", Message("First", "16 neurons", "1.5 to 2", 16)));

    [Theory]
    [InlineData(16, "Expand(4, Share = 1)")]
    [InlineData(16, "Expand(4, Share = 8)")]
    [InlineData(7, "Expand(4)")]
    [InlineData(32, "Expand(4)")]
    [InlineData(16, "Expand(4, Split.Learned)")]
    [InlineData(16, "Expand(1)")]
    public Task Nothing_is_said_if_there_is_nothing_faster_or_Share_is_written(int neurons, string expand) =>
        Informs(Net("[Model(144)]", Linear(neurons, expand, "Hidden"), Logits));

    private static string Message(string layer, string neurons, string times, int share) =>
        $"Net.{layer}: each of its {neurons} has its own partition, so training takes {times} times as long as in the dense parent; "
        + $"Share = {share} is faster, and Share = 1 keeps the partitions without this message";

    private static string Linear(int neurons, string expand, string name) =>
        $"[Linear({neurons}), Relu{(expand.Length == 0 ? "" : ", " + expand)}] public partial Linear {name} {{ get; }}";

    /// <summary>Returns the number in the plan that is emitted for a layer; 1 if there is none.</summary>
    private static int ShareIn(string source, string layer)
    {
        GeneratedProject project = TestProject.Generate(TestProject.Compile(LanguageVersion.CSharp13, "using Fpe;\n" + source));
        Assert.Empty(project.Problems);
        string text = Assert.Single(project.Result.GeneratedSources).SourceText.ToString();
        string plan = text[text.IndexOf($"LinearPlan(\"{layer}\"", StringComparison.Ordinal)..];
        plan = plan[..plan.IndexOf("LinearPlan(\"Logits\"", StringComparison.Ordinal)].Split("LinearPlan(\"")[1];
        const string Label = "Share: ";
        int at = plan.IndexOf(Label, StringComparison.Ordinal);
        return at < 0 ? 1 : int.Parse(plan[(at + Label.Length)..].TakeWhile(char.IsAsciiDigit).ToArray(), CultureInfo.InvariantCulture);
    }
}
