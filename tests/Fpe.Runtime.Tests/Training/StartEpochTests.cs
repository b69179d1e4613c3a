using Fpe.Compute;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Numerics;
using Fpe.Research.Reference;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;
using FsCheck;
using FsCheck.Fluent;

namespace Fpe.Runtime.Tests.Training;

/// <summary>A warm-up that several runs share gives each of them what it would have had alone, bit for bit.</summary>
public class StartEpochTests
{
    private const int Epochs = 6;

    private static readonly Dataset Train = TrainingData.Directions(50, 8, 3, seed: 1);
    private static readonly Dataset Test = TrainingData.Directions(30, 8, 3, seed: 2);

    private static readonly Optimizer[] Optimizers =
        [new Adam(0.02), new AdamW(0.02) { WeightDecay = 0.1 }, new Sgd(0.1), new Sgd(0.05) { Momentum = 0.9, Nesterov = true }];

    private static readonly LearningRateSchedule[] Schedules =
        [new ConstantSchedule(), new ConstantSchedule { WarmUpSteps = 17 }, new StepSchedule(2, 0.5), new CosineSchedule(0.1) { WarmUpSteps = 5 }];

    [Fact]
    public void A_shared_warm_up_changes_no_bit() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(),
        number =>
        {
            var random = new RandomStream(number, RandomPurpose.Synthesis);
            double dropout = random.NextInt32(2) * 0.3;
            var plan = Plan(dropout, DrawExpansion(random));
            int warmUp = 1 + random.NextInt32(Epochs - 1);
            Device device = random.NextInt32(2) == 0 ? Device.Default : new ReferenceDevice(ElementType.Float64);
            var options = new TrainingOptions
            {
                Epochs = Epochs,
                BatchSize = 8 + random.NextInt32(10),
                ExpandAfter = warmUp,
                Optimizer = Optimizers[random.NextInt32(Optimizers.Length)],
                Schedule = Schedules[random.NextInt32(Schedules.Length)],
                MaximumGradientNorm = random.NextInt32(2) == 0 ? null : 0.5,
                Seed = random.NextInt32(2) == 0 ? null : 77,
            };

            using var alone = new PlannedModel(plan, number, device);
            TrainingResult expected = new Trainer(options).Fit(alone, Train, Test);

            // the warm-up's own plan expands otherwise, and so does whoever else shares it
            using var copy = new PlannedModel(plan, number, device);
            using var parent = new PlannedModel(Plan(dropout, new ExpansionPlan(3)), number, device);
            new Trainer(options with { ExpandAfter = null }, new CopyAfter(warmUp, copy)).Fit(parent, Train, Test);
            TrainingResult actual = new Trainer(options with { StartEpoch = warmUp }).Fit(copy, Train, Test);

            Assert.Equal(expected.Epochs.Skip(warmUp), actual.Epochs);
            Assert.Equal(Values(alone), Values(copy));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Epochs_before_the_start_are_not_run()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        TrainingResult result = new Trainer(new TrainingOptions { Epochs = 5, StartEpoch = 3, ExpandAfter = 4 }).Fit(model, Train);
        Assert.Equal([(4, false), (5, true)], result.Epochs.Select(report => (report.Epoch, report.IsExpanded)));
    }

    [Fact]
    public void Early_stopping_watches_from_the_start()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        model.Expand();
        var options = new TrainingOptions { Epochs = 8, StartEpoch = 3, EarlyStopping = new EarlyStopping(Patience: 100) };
        int? best = new Trainer(options).Fit(model, Train, Test).BestEpoch;
        Assert.InRange(best!.Value, 4, 8);
    }

    [Fact]
    public void A_start_behind_the_split_is_refused_unless_the_model_is_expanded()
    {
        var options = new TrainingOptions { Epochs = 5, StartEpoch = 3, ExpandAfter = 2 };
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        var error = Assert.Throws<TrainingOptionsException>(() => new Trainer(options).Fit(model, Train));
        Assert.Equal("StartEpoch: 3 is after the split at 2 epochs, but TestNet is not expanded; use at most 2, or expand the model.", error.Message);

        model.Expand();
        Assert.Equal(2, new Trainer(options).Fit(model, Train).Epochs.Count);
    }

    private static ModelPlan Plan(double dropout, ExpansionPlan expansion) => new("TestNet", 8,
    [
        new DropoutPlan("Thin", 8, dropout / 2),
        new LinearPlan("Hidden", 8, 6, ActivationFunction.Relu) { Expansion = expansion },
        new DropoutPlan("Drop", 6, dropout),
        new LinearPlan("Logits", 6, 3),
    ]);

    private static ExpansionPlan DrawExpansion(RandomStream random) => random.NextInt32(4) switch
    {
        0 => new ExpansionPlan(2),
        1 => new ExpansionPlan(3, Share: 3),
        2 => new ExpansionPlan(2, Split.Feature),
        _ => new ExpansionPlan(2, Outgoing: Outgoing.Deal),
    };

    private static double[] Values(Model model) => [.. model.Parameters.SelectMany(parameter => Slots.Read(parameter, parameter.Value))];

    private sealed class CopyAfter(int epochs, Model copy) : ITrainingObserver
    {
        public void EpochEnded(Model model, EpochReport report)
        {
            if (report.Epoch == epochs)
                model.CopyTo(copy);
        }
    }
}
