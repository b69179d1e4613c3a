using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

/// <summary>The count that the compiler proves is that of the live model, of the trained one, and of the one that was saved and loaded.</summary>
public sealed class CountTests : IDisposable
{
    private const int Steps = 1000;

    private readonly string file = Path.GetTempFileName();

    [Theory]
    [MemberData(nameof(Expansions.Names), MemberType = typeof(Expansions))]
    public void Counts_agree_everywhere(string name)
    {
        ModelPlan plan = Expansions.Plan(name);
        (long weights, long biases) = plan.IsExpanded ? (plan.ExpandedWeights, plan.ExpandedBiases) : (plan.DenseWeights, plan.DenseBiases);
        using var model = new PlannedModel(plan, seed: 3);
        using var run = new TrainingRun(model, TrainingData.Directions(40, 8, 3), new TrainingOptions { BatchSize = 8, Optimizer = new AdamW(0.01) });
        if (plan.IsExpanded)
            run.Expand();
        RequireCounts(model);

        for (int step = 0; step < Steps; step++)
            run.Step(step % run.StepsPerEpoch);
        RequireCounts(model);

        model.Save(file);
        using var loaded = new PlannedModel(plan, seed: 4);
        loaded.LoadWeights(file);
        RequireCounts(loaded);

        void RequireCounts(Model counted)
        {
            Assert.Equal((weights, biases), (counted.WeightCount, counted.BiasCount));
            Assert.Equal((weights, biases), (counted.Summarize().Weights, counted.Summarize().Biases));

            // Counted from the values: training leaves no weight at exactly 0.
            if (!ReferenceEquals(counted, model) || run.StepCount > 0)
                Assert.Equal(weights, counted.Parameters.Where(parameter => parameter.IsWeight).Sum(weight => Slots.Read(weight, weight.Value).LongCount(value => value != 0)));
        }
    }

    public void Dispose() => File.Delete(file);
}
