using Fpe.Checkpoints;
using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Research.Controls;
using Fpe.Runtime.Tests.Layers;

namespace Fpe.Runtime.Tests.Checkpoints;

public sealed class PlanJsonTests
{
    private static readonly ModelPlan Plan = new("Net", 8,
    [
        new Conv2dPlan("Edges", new ImageShape(2, 2, 2), Filters: 3, Kernel: 2, Padding: 1, Activation: ActivationFunction.Tanh),
        new MaxPool2dPlan("Pool", new ImageShape(3, 3, 3), Kernel: 2, Stride: 1),
        new FlattenPlan("Features", new ImageShape(3, 2, 2)),
        new DropConnectPlan("Hidden", 12, 6, 0.5, ActivationFunction.Relu) { Expansion = new ExpansionPlan(2, Split.Clause, 3, Outgoing.Deal) { Clauses = [[0, 1], [4]], TiesBiases = true } },
        new DropoutPlan("Drop", 6, 0.25),
        new LinearPlan("Ausgänge", 6, 3),
    ]);

    // Files hold this text, and are compared with it: it must not change.
    private const string Text =
        """
        {"model":"Net","inputs":8,"countBiases":false,"denseWeights":114,"expandedWeights":114,"layers":[
        {"name":"Edges","inputs":8,"outputs":27,"kind":"Conv2d","image":[2,2,2],"filters":3,"kernel":2,"stride":1,"padding":1,"activation":"Tanh"},
        {"name":"Pool","inputs":27,"outputs":12,"kind":"MaxPool2d","image":[3,3,3],"kernel":2,"stride":1},
        {"name":"Features","inputs":12,"outputs":12,"kind":"Flatten","image":[3,2,2]},
        {"name":"Hidden","inputs":12,"outputs":6,"kind":"Linear","activation":"Relu","dropConnect":0.5,"expansion":{"factor":2,"strategy":"Clause","share":3,"outgoing":"Deal","tiesBiases":true,"clauses":[[0,1],[4]]}},
        {"name":"Drop","inputs":6,"outputs":6,"kind":"Dropout","rate":0.25},
        {"name":"Ausgänge","inputs":6,"outputs":3,"kind":"Linear","activation":"Identity","dropConnect":0,"expansion":{"factor":1,"strategy":"Random","share":1,"outgoing":"Prune","tiesBiases":false,"clauses":[]}}]}
        """;

    private static string OneLine => Text.Replace("\n", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal);

    [Fact]
    public void The_text_of_a_plan_is_what_files_hold()
    {
        Assert.Equal(OneLine, PlanJson.Write(Plan));
        PlanJson.RequireSame(OneLine, Plan, isExpanded: true, "file");
        PlanJson.RequireSame(OneLine, Plan, isExpanded: false, "file");
    }

    [Theory]
    [InlineData("\"model\":\"Net\"", "\"model\":\"Other\"")]
    [InlineData("\"rate\":0.25", "\"rate\":0.5")]
    [InlineData("\"dropConnect\":0.5", "\"dropConnect\":0.1")]
    public void Names_and_rates_may_differ(string before, string now)
    {
        PlanJson.RequireSame(Changed(before, now), Plan, isExpanded: true, "file");
        PlanJson.RequireSame(Changed(before, now), Plan, isExpanded: false, "file");
    }

    [Theory]
    [InlineData("\"factor\":2", "\"factor\":3", "Net.layers[3].expansion.factor is 3 in the file, but 2 in the model")]
    [InlineData("\"expandedWeights\":114", "\"expandedWeights\":115", "Net.expandedWeights is 115 in the file, but 114 in the model")]
    [InlineData("\"countBiases\":false", "\"countBiases\":true", "Net.countBiases is true in the file, but false in the model")]
    [InlineData("[[0,1],[4]]", "[[0,1,2],[4]]", "Net.layers[3].expansion.clauses[0] has 3 elements in the file, but 2 in the model")]
    public void Expansions_may_differ_in_dense_parents_alone(string before, string now, string problem)
    {
        PlanJson.RequireSame(Changed(before, now), Plan, isExpanded: false, "file");
        AssertDiffers(Changed(before, now), problem);
    }

    [Theory]
    [InlineData("\"filters\":3,", "", "Net.layers[0].filters is missing in the file, but 3 in the model")]
    [InlineData("\"filters\":3,", "\"filters\":\"3\",", "Net.layers[0].filters is \"3\" in the file, but 3 in the model")]
    [InlineData("\"name\":\"Pool\"", "\"name\":\"Ausg\u00e4nge\"", "Net.layers[1].name is \"Ausg\u00e4nge\" in the file, but \"Pool\" in the model")]
    [InlineData("\"image\":[3,2,2]", "\"image\":[3,2]", "Net.layers[2].image has 2 elements in the file, but 3 in the model")]
    [InlineData("\"kind\":\"Flatten\"", "\"kind\":\"0123456789012345678901234567890123456789012345678901234567\"", "Net.layers[2].kind is \"0123456789012345678901234567890123456789012345678901234567\" in the file, but \"Flatten\" in the model")]
    [InlineData("\"kind\":\"Flatten\"", "\"kind\":\"01234567890123456789012345678901234567890123456789012345678\"", "Net.layers[2].kind is \"01234567890123456789012345678901234567890123456789012345678… in the file, but \"Flatten\" in the model")]
    public void What_differs_is_named_with_both_values(string before, string now, string problem) => AssertDiffers(Changed(before, now), problem);

    [Fact]
    public void Sources_are_named_unless_a_layer_reads_the_one_before_it()
    {
        ModelPlan joined = new("Net", 8,
        [
            new LinearPlan("One", 8, 4),
            new LinearPlan("Other", 8, 3) { From = [ModelPlan.Sample] },
            new ConcatPlan("Both", [4, 3]) { From = ["One", "Other"] },
            new LinearPlan("Logits", 7, 2),
        ]);
        string text = PlanJson.Write(joined);
        Assert.Contains("""{"name":"Other","from":["(sample)"],"inputs":8""", text, StringComparison.Ordinal);
        Assert.Contains("""{"name":"Both","from":["One","Other"],"inputs":7""", text, StringComparison.Ordinal);
        Assert.Contains("""{"name":"Logits","inputs":7""", text, StringComparison.Ordinal);
        PlanJson.RequireSame(text, joined, isExpanded: true, "file");
    }

    [Fact]
    public void A_layer_that_reads_another_one_in_the_file_is_named() => AssertDiffers(
        Changed("\"name\":\"Pool\",", "\"name\":\"Pool\",\"from\":[\"(sample)\"],"),
        "Net.layers[1].from is [\"(sample)\"] in the file, but the previous layer in the model");

    [Fact]
    public void A_pattern_belongs_to_the_strategy()
    {
        ModelPlan plan = Plans.OneHidden(8, 4, 3, new ExpansionPlan(2) { Within = 4 });
        Assert.Contains("\"strategy\":\"Random 2:4\"", PlanJson.Write(plan), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("{\"model\":\"Net\",\"model\":\"Net\"}")]
    public void What_is_no_plan_is_damage(string text)
    {
        string message = Assert.Throws<CheckpointFormatException>(() => PlanJson.RequireSame(text, Plan, isExpanded: true, "file")).Message;
        Assert.StartsWith("file: metadata fpe.plan is not a plan: ", message, StringComparison.Ordinal);
        Assert.EndsWith(" Save the model again.", message, StringComparison.Ordinal);
    }

    private static string Changed(string before, string now)
    {
        Assert.Contains(before, OneLine, StringComparison.Ordinal);
        return OneLine.Replace(before, now, StringComparison.Ordinal);
    }

    private static void AssertDiffers(string text, string problem) => Assert.Equal(
        $"file: {problem}; load it into the model that was saved.",
        Assert.Throws<CheckpointMismatchException>(() => PlanJson.RequireSame(text, Plan, isExpanded: true, "file")).Message);
}
