using Fpe.Data;
using Fpe.Expansion;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

/// <summary>A model that was trained before its edges are learned.</summary>
public class ImportedEdgeLearningTests
{
    private static readonly ModelPlan Plan = Plans.OneHidden(8, 4, 3, new ExpansionPlan(4, Split.Learned));

    private static readonly Dataset Data = Dataset.OfClasses("sines", 8, [.. Enumerable.Range(0, 32 * 8).Select(i => MathF.Sin(i * i))], [.. Enumerable.Range(0, 32).Select(s => s % 3)], 3);

    [Fact]
    public void Weights_that_were_trained_are_not_lost_silently()
    {
        using var trained = new PlannedModel(Plan, seed: 1);
        new Trainer(new TrainingOptions { Epochs = 1, BatchSize = 8, ExpandAfter = null }).Fit(trained, Data);
        using var copied = new PlannedModel(Plan, seed: 2);
        trained.CopyTo(copied);
        using var written = new PlannedModel(Plan, seed: 3);
        written.BeginWrite().Dispose();
        foreach (Model model in (Model[])[trained, copied, written])
        {
            Assert.Equal(
                "EdgeLearning: edges are learned from new weights, so everything that TestNet has learned or imported would be lost; use Start = EdgeStart.Split, or a new model.",
                Assert.Throws<TrainingOptionsException>(() => Fit(model, EdgeStart.Random)).Message);
            Fit(model, EdgeStart.Split);
            Assert.Equal(Plan.ExpandedWeights, model.WeightCount);
        }
    }

    [Fact]
    public void A_new_model_learns_from_new_weights()
    {
        using var model = new PlannedModel(Plan, seed: 1);
        Fit(model, EdgeStart.Random);
        Assert.Equal(Plan.ExpandedWeights, model.WeightCount);
    }

    private static void Fit(Model model, EdgeStart start) =>
        new Trainer(new TrainingOptions { Epochs = 10, BatchSize = 8, EdgeLearning = new GradualPruning { Start = start } }).Fit(model, Data);
}
