using Fpe.Compute;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Research.Reference;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Layers;

/// <summary>Models that get more outputs.</summary>
public sealed class ModelGrowthTests
{
    private static readonly float[] Samples = [.. Enumerable.Range(0, 5 * 8).Select(i => MathF.Sin(i))];

    public static TheoryData<string, int> Growths
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string name in Kinds.Keys)
            {
                data.Add(name, 1);
                data.Add(name, 4);
            }

            return data;
        }
    }

    private static Dictionary<string, Func<int, ModelPlan>> Kinds { get; } = new()
    {
        ["dense"] = outputs => Plans.OneHidden(8, 6, outputs, ExpansionPlan.None),
        ["random"] = outputs => Plans.OneHidden(8, 6, outputs, new ExpansionPlan(3)),
        ["shared"] = outputs => Plans.OneHidden(8, 8, outputs, new ExpansionPlan(2, Share: 4)),
        ["dealt"] = outputs => Plans.OneHidden(8, 6, outputs, new ExpansionPlan(3, Outgoing: Outgoing.Deal)),
        ["biases counted"] = outputs => Plans.OneHidden(8, 6, outputs, new ExpansionPlan(2), countBiases: true),
        ["normalised"] = outputs => Plans.Chain(
            8, countBiases: false,
            new LinearPlan("Hidden", 8, 6, ActivationFunction.Tanh) { Expansion = new ExpansionPlan(2) },
            new LayerNormPlan("Norm", 6),
            new LinearPlan("Logits", 6, outputs)),
    };

    [Theory]
    [MemberData(nameof(Growths))]
    public void The_outputs_that_were_there_compute_what_they_did(string name, int added)
    {
        foreach (bool expand in new[] { false, true })
        {
            using var model = new PlannedModel(Kinds[name](3), seed: 1);
            using var wider = new PlannedModel(Kinds[name](3 + added), seed: 2);
            if (expand && model.Plan.IsExpanded)
                model.Expand();
            model.GrowTo(wider);
            Assert.Equal(model.IsExpanded, wider.IsExpanded);
            float[] outputs = model.Outputs(Samples);
            float[] grown = wider.Outputs(Samples);
            for (int s = 0; s < 5; s++)
                Assert.Equal(outputs[(s * 3)..((s * 3) + 3)], grown[(s * (3 + added))..((s * (3 + added)) + 3)], (a, b) => MathF.Abs(a - b) <= 1e-6f);
        }
    }

    [Theory]
    [MemberData(nameof(Growths))]
    public void The_wider_model_has_the_count_that_the_compiler_proved(string name, int added)
    {
        using var model = new PlannedModel(Kinds[name](3), seed: 1);
        using var wider = new PlannedModel(Kinds[name](3 + added), seed: 2);
        if (model.Plan.IsExpanded)
            model.Expand();
        model.GrowTo(wider);
        Assert.Equal((wider.Plan.ExpandedWeights, wider.Plan.ExpandedBiases), (wider.WeightCount, wider.BiasCount));
    }

    [Fact]
    public void A_new_output_reads_one_child_of_each_neuron()
    {
        using var model = new PlannedModel(Kinds["dealt"](3), seed: 1);
        using var wider = new PlannedModel(Kinds["dealt"](5), seed: 2);
        model.Expand();
        model.GrowTo(wider);
        Linear hidden = wider.Linears.First();
        float[] matrix = wider.Linears.Last().ToDense();
        for (int row = 3; row < 5; row++)
        {
            IEnumerable<int> read = Enumerable.Range(0, hidden.OutputCount).Where(column => matrix[(row * hidden.OutputCount) + column] != 0);
            Assert.Equal([0, 1, 2, 3, 4, 5], read.Select(hidden.NeuronOf).Order());
        }

        Assert.NotEqual(RowOf(matrix, 3, hidden.OutputCount), RowOf(matrix, 4, hidden.OutputCount));
    }

    [Fact]
    public void New_edges_follow_from_the_seed_of_the_wider_model()
    {
        float[] Grown(long seed)
        {
            using var model = new PlannedModel(Kinds["random"](3), seed: 1);
            using var wider = new PlannedModel(Kinds["random"](4), seed);
            model.Expand();
            model.GrowTo(wider);
            return wider.Linears.Last().ToDense();
        }

        Assert.Equal(Grown(2), Grown(2));
        Assert.NotEqual(Grown(2), Grown(3));
    }

    [Fact]
    public void A_model_that_learns_its_edges_ends_with_the_budget_of_the_wider_one()
    {
        static ModelPlan Plan(int outputs, long budget) => new(
            "TestNet", 8,
            [
                new LinearPlan("Hidden", 8, 6, ActivationFunction.Relu) { Expansion = new ExpansionPlan(2, Split.Learned) },
                new LinearPlan("Logits", 6, outputs),
            ],
            budget: budget);
        using var model = new PlannedModel(Plan(3, 40), seed: 1);
        var options = new TrainingOptions { Epochs = 10, BatchSize = 4 };
        new Trainer(options).Fit(model, [.. Samples[..32]], [0, 1, 2, 0]);
        Assert.Equal(40, model.WeightCount);

        using var wider = new PlannedModel(Plan(5, 50), seed: 2);
        model.GrowTo(wider);
        Assert.Equal(40 + (2 * 12), wider.WeightCount);
        new Trainer(options).Fit(wider, [.. Samples], [0, 1, 2, 3, 4]);
        Assert.Equal(50, wider.WeightCount);

        using var tooWide = new PlannedModel(Plan(4, 60), seed: 2);
        Assert.StartsWith(
            "TestNet must have 60 weights, and TestNet has 40, so its 1 new outputs would have 20, but can have 1 to 12; change the budget of TestNet.",
            Assert.Throws<ArgumentException>(() => model.GrowTo(tooWide)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_left_to_the_caller_and_the_rest_of_the_meaning_stays()
    {
        using var model = new PlannedModel(Kinds["dense"](3), seed: 1);
        using var wider = new PlannedModel(Kinds["dense"](4), seed: 2);
        model.Meaning = new ModelMeaning { Task = ModelTask.Classification, ClassNames = ["a", "b", "c"], Encoder = "grams" };
        model.GrowTo(wider);
        Assert.Equal(new ModelMeaning { Task = ModelTask.Classification, Encoder = "grams" }, wider.Meaning);
    }

    [Fact]
    public void The_wider_model_may_be_on_another_device()
    {
        using var model = new PlannedModel(Kinds["random"](3), seed: 1);
        using var wider = new PlannedModel(Kinds["random"](4), seed: 2, new ReferenceDevice(ElementType.Float64));
        model.Expand();
        model.GrowTo(wider);
        Assert.Equal(model.Linears.First().ReadWeights(), wider.Linears.First().ReadWeights());
    }

    [Fact]
    public void What_cannot_grow_is_refused()
    {
        using var model = new PlannedModel(Kinds["random"](3), seed: 1);
        using var same = new PlannedModel(Kinds["random"](3), seed: 1);
        using var other = new PlannedModel(Plans.OneHidden(8, 7, 4, new ExpansionPlan(3)), seed: 1);
        using var wider = new PlannedModel(Kinds["random"](4), seed: 1);
        Refused(same, "TestNet has 3 outputs, but must have more than the 3 of TestNet; use CopyTo for as many.");
        Refused(other, "TestNet.Hidden is ");
        Refused(model, "TestNet cannot grow into itself; create another model.");

        using var binary = new PlannedModel(Plans.OneHidden(8, 6, 1, new ExpansionPlan(3)), seed: 1);
        binary.Meaning = new ModelMeaning { Task = ModelTask.BinaryClassification };
        Assert.StartsWith(
            "The one output of TestNet decides between two classes, and means something else beside others; train a new model with 4 outputs.",
            Assert.Throws<ArgumentException>(() => binary.GrowTo(wider)).Message, StringComparison.Ordinal);

        using var regression = new PlannedModel(Kinds["random"](3), seed: 1);
        Dataset data = Dataset.OfTargets("numbers", 8, new float[16], 3, [1, 2, 3, 4, 5, 7]);
        regression.Meaning = new ModelMeaning { Task = ModelTask.Regression, Targets = Standardization.OfTargets(data) };
        Assert.StartsWith("TestNet standardises its 3 targets, ", Assert.Throws<ArgumentException>(() => regression.GrowTo(wider)).Message, StringComparison.Ordinal);

        wider.Expand();
        Assert.Equal("TestNet is already expanded; grow into a new model.", Assert.Throws<InvalidOperationException>(() => model.GrowTo(wider)).Message);

        void Refused(Model target, string message) =>
            Assert.StartsWith(message, Assert.Throws<ArgumentException>(() => model.GrowTo(target)).Message, StringComparison.Ordinal);
    }

    private static float[] RowOf(float[] matrix, int row, int columns) => [.. matrix.AsSpan(row * columns, columns)];
}
