using Fpe.Compute;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Research.Reference;
using Fpe.Runtime.Tests.Compute;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

public class TrainerTests
{
    private static readonly Device Device = new ReferenceDevice(ElementType.Float32);
    private static readonly Dataset Train = TrainingData.Directions(200, 8, 3, seed: 1);
    private static readonly Dataset Test = TrainingData.Directions(100, 8, 3, seed: 2);

    [Theory]
    [MemberData(nameof(Expansions.Names), MemberType = typeof(Expansions))]
    public void Every_expansion_learns(string name)
    {
        using var model = new PlannedModel(Expansions.Plan(name), seed: 1, Device);
        int warmUp = Expansions.Plan(name).EdgeLayers.Any(layer => layer.Expansion.Strategy == Split.Feature) ? 5 : 0;
        Dataset train = TrainingData.Directions(200, 8, 3, seed: 1, declared: model.Plan.OutputCount);
        Dataset test = TrainingData.Directions(100, 8, 3, seed: 2, declared: model.Plan.OutputCount);
        TrainingResult result = new Trainer(new TrainingOptions { Epochs = 40, ExpandAfter = warmUp, Optimizer = new Adam(0.02) }).Fit(model, train);
        Assert.Equal(StopReason.Completed, result.StopReason);
        Assert.True(result.Epochs[^1].TrainLoss < 0.6 * result.Epochs[0].TrainLoss, $"loss {result.Epochs[0].TrainLoss} → {result.Epochs[^1].TrainLoss}");
        Assert.True(Evaluator.Evaluate(model, test, Loss.SoftmaxCrossEntropy).Accuracy > 0.65);
    }

    /// <summary>Here (α − 1) · classes ≥ inputs, so that the copies in the output layer alone fill the budget. Chance is 1.6 %; without hidden weights it stays there.</summary>
    [Theory]
    [InlineData(4)]
    [InlineData(16)]
    public void A_network_of_many_classes_learns_after_a_split_at_the_start(int factor)
    {
        using var model = new PlannedModel(Plans.OneHidden(64, 16, 64, new ExpansionPlan(factor)), seed: 1);
        var options = new TrainingOptions { Epochs = 15, BatchSize = 32, Optimizer = new Adam(0.01) };
        new Trainer(options).Fit(model, TrainingData.Directions(4000, 64, 64, seed: 1));
        double? accuracy = Evaluator.Evaluate(model, TrainingData.Directions(1000, 64, 64, seed: 2), Loss.SoftmaxCrossEntropy).Accuracy;
        Assert.True(accuracy > 0.2, $"{accuracy}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(null)]
    public void The_split_comes_when_the_options_say(int? expandAfter)
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1, Device);
        var log = new Log();
        TrainingResult result = Fit(model, new TrainingOptions { Epochs = 5, ExpandAfter = expandAfter }, log);
        Assert.Equal(expandAfter is not null, model.IsExpanded);
        Assert.Equal(Enumerable.Range(0, 5).Select(epoch => epoch >= (expandAfter ?? 5)), result.Epochs.Select(report => report.IsExpanded));
        Assert.Equal(expandAfter is null ? [] : [$"expanded after {expandAfter}"], log.Lines.Where(line => line.StartsWith("expanded", StringComparison.Ordinal)));
    }

    [Fact]
    public void Observers_hear_of_everything_in_order()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1, Device);
        var log = new Log();
        Fit(model, new TrainingOptions { Epochs = 2, ExpandAfter = 1 }, log);
        Assert.Equal(["started", "epoch 1", "expanded after 1", "epoch 2", "ended Completed"], log.Lines);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits()
    {
        Assert.Equal(Weights(1), Weights(1));
        Assert.NotEqual(Weights(1), Weights(2));

        static double[] Weights(long seed)
        {
            using var model = new PlannedModel(Expansions.Plan("random"), seed: 1, Device);
            Fit(model, new TrainingOptions { Epochs = 3, ExpandAfter = 1, Seed = seed });
            return [.. model.Linears.SelectMany(layer => layer.ReadWeights())];
        }
    }

    [Fact]
    public void A_trained_model_can_be_trained_on()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1, Device);
        Fit(model, new TrainingOptions { Epochs = 2 });
        Assert.Equal(2, Fit(model, new TrainingOptions { Epochs = 2 }).Epochs.Count);
        Assert.True(model.IsExpanded);
    }

    [Fact]
    public void Early_stopping_restores_the_best_weights()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1, Device);
        // A learning rate this high makes the validation loss jump about, so that the best epoch is not the last.
        var options = new TrainingOptions { Epochs = 100, ExpandAfter = 2, Optimizer = new Adam(0.5), EarlyStopping = new EarlyStopping(Patience: 4) };
        TrainingResult result = new Trainer(options).Fit(model, Train, Test);
        Assert.Equal(StopReason.EarlyStopped, result.StopReason);
        Assert.Equal(result.Epochs[^1].Epoch - 4, result.BestEpoch);
        Assert.True(result.BestEpoch > 2, "epochs before the split do not count");
        EpochReport best = result.Epochs.Where(report => report.IsExpanded).MinBy(report => report.Validation!.Value.Loss)!;
        Assert.Equal(best.Epoch, result.BestEpoch);
        Assert.Equal(best.Validation, Evaluator.Evaluate(model, Test, options.Loss, options.BatchSize));
    }

    [Fact]
    public void Cancellation_ends_the_run_after_a_step()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1, Device);
        using var source = new CancellationTokenSource();
        var canceller = new Log { OnEpoch = epoch => { if (epoch == 2) source.Cancel(); } };
        TrainingResult result = new Trainer(new TrainingOptions { Epochs = 50 }, canceller).Fit(model, Train, cancellation: source.Token);
        Assert.Equal((StopReason.Cancelled, 2), (result.StopReason, result.Epochs.Count));
    }

    [Fact]
    public void A_diverging_run_names_epoch_and_step()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1, Device);
        var error = Assert.Throws<DivergenceException>(() => Fit(model, new TrainingOptions { Optimizer = new Sgd(1e30), BatchSize = 50 }));
        Assert.Equal(1, error.Epoch);
        Assert.InRange(error.Step, 2, 4);
        Assert.StartsWith($"TestNet: training diverged: the loss is ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith($" in epoch 1, step {error.Step}; lower the learning rate or set MaximumGradientNorm.", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<Optimizer> DecayingWeights => [new Sgd(1e-12) { WeightDecay = 1e10 }, new AdamW(1e-12) { WeightDecay = 1e10 }];

    [Theory]
    [MemberData(nameof(DecayingWeights))]
    public void Weight_decay_leaves_biases_alone(Optimizer optimizer)
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1, Device);
        using var run = new TrainingRun(model, Train, new TrainingOptions { Optimizer = optimizer });
        run.Expand();
        double[][] before = [.. model.Parameters.Select(parameter => Slots.Read(parameter, parameter.Value))];
        run.Step(0);
        foreach ((Parameter parameter, double[] old) in model.Parameters.Zip(before))
        {
            double[] now = Slots.Read(parameter, parameter.Value);
            for (int i = 0; i < now.Length; i++)
                Assert.Equal(parameter.IsWeight ? 0.99 * old[i] : old[i], now[i], 1e-6);
        }
    }

    /// <summary>The first step of Adam follows the sign of the gradient; a decay this large outweighs that of the loss.</summary>
    [Fact]
    public void Decay_in_the_gradient_leaves_biases_alone_too()
    {
        (double[][] before, double[][] plain) = Step(new Adam(0.5));
        double[][] decayed = Step(new Adam(0.5) { WeightDecay = 1e10 }).After;
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1, Device);
        foreach ((int p, Parameter parameter) in model.Parameters.Index())
        {
            if (parameter.IsWeight)
                Assert.All(before[p].Zip(decayed[p]), pair => Assert.Equal(pair.First - (0.5 * Math.Sign(pair.First)), pair.Second, 1e-5));
            else
                Assert.Equal(plain[p], decayed[p]);
        }

        static (double[][] Before, double[][] After) Step(Optimizer optimizer)
        {
            using var model = new PlannedModel(Expansions.Plan("random"), seed: 1, Device);
            using var run = new TrainingRun(model, Train, new TrainingOptions { Optimizer = optimizer });
            double[][] before = [.. model.Parameters.Select(parameter => Slots.Read(parameter, parameter.Value))];
            run.Step(0);
            return (before, [.. model.Parameters.Select(parameter => Slots.Read(parameter, parameter.Value))]);
        }
    }

    public static TheoryData<Optimizer, int> Moments => new() { { new Sgd(1), 0 }, { new Sgd(1) { Momentum = 0.1 }, 1 }, { new Adam(), 2 } };

    [Theory]
    [MemberData(nameof(Moments))]
    public void An_optimizer_has_the_moments_that_it_needs(Optimizer optimizer, int moments)
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1, Device);
        using var run = new TrainingRun(model, Train, new TrainingOptions { Optimizer = optimizer });
        Assert.All(run.OptimizerState.Buffers, own => Assert.Equal(moments, own.Count));
    }

    /// <summary>As PyTorch has it: v ← μv + g, then the step is ηv, or η(g + μv) if it looks ahead.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Momentum_carries_the_velocity_from_step_to_step(bool nesterov)
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1, new ReferenceDevice(ElementType.Float64));
        var optimizer = new Sgd(0.5) { Momentum = 0.25, Nesterov = nesterov };
        using var state = new OptimizerState(optimizer, model);
        Parameter bias = model.Linears.First().Bias;
        Slots.Write(bias, new double[bias.Count]);
        bias.Gradient.Write([.. Enumerable.Repeat(2.0, bias.Count)]);
        state.Step(0.5);
        bias.Gradient.Write([.. Enumerable.Repeat(4.0, bias.Count)]);
        state.Step(0.5);

        // v is 2, then 4.5
        double expected = nesterov ? -(0.5 * (2 + 0.5)) - (0.5 * (4 + 1.125)) : -(0.5 * 2) - (0.5 * 4.5);
        Assert.All(Slots.Read(bias, bias.Value), value => Assert.Equal(expected, value, 1e-12));
    }

    public static TheoryData<Loss> Losses => [Loss.SoftmaxCrossEntropy, Loss.SigmoidCrossEntropy, Loss.MeanSquaredError];

    /// <summary>At this rate nothing changes, so that the loss of an epoch is that of the data.</summary>
    [Theory]
    [MemberData(nameof(Losses))]
    public void An_epoch_takes_every_sample_once(Loss loss)
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1, Device);
        var options = new TrainingOptions { Epochs = 1, BatchSize = 23, ExpandAfter = null, Loss = loss, Optimizer = new Sgd(1e-30) };
        EpochReport report = Fit(model, options).Epochs[0];
        Evaluation expected = Evaluator.Evaluate(model, Train, loss);
        Assert.Equal(expected.Loss, report.TrainLoss, 1e-5);
        Assert.Equal(expected.Accuracy, report.TrainAccuracy);
    }

    [Fact]
    public void Dropout_is_only_for_training()
    {
        ModelPlan plan = Plans.Chain(8, false, new DropoutPlan("Drop", 8, 0.5), new LinearPlan("Logits", 8, 3));
        using var model = new PlannedModel(plan, seed: 1, Device);
        double loss = Fit(model, new TrainingOptions { Epochs = 1, Optimizer = new Sgd(1e-30) }).Epochs[0].TrainLoss;
        Assert.True(Math.Abs(loss - Evaluator.Evaluate(model, Train, Loss.SoftmaxCrossEntropy).Loss) > 1e-3);
    }

    [Fact]
    public void Reports_have_the_rate_of_the_last_step()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1, Device);
        var options = new TrainingOptions { Epochs = 3, BatchSize = 100, Optimizer = new Sgd(0.5), Schedule = new StepSchedule(EveryEpochs: 1, Gamma: 0.25) };
        Assert.Equal([0.5, 0.125, 0.03125], Fit(model, options).Epochs.Select(report => report.LearningRate));
    }

    [Fact]
    public void A_run_that_starts_later_counts_the_steps_before()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1, Device);
        using var run = new TrainingRun(model, Train, new TrainingOptions { StartEpoch = 3, BatchSize = 50 });
        Assert.Equal((3, 12), (run.Epoch, run.StepCount));
    }

    [Fact]
    public void Gradients_are_clipped_to_their_common_norm()
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1, Device);
        using var run = new TrainingRun(model, Train, new TrainingOptions { Optimizer = new Sgd(1), MaximumGradientNorm = 1e-3 });
        run.Step(0);
        double norm = Math.Sqrt(model.Parameters.SelectMany(parameter => Slots.Read(parameter, parameter.Gradient)).Sum(g => g * g));
        Assert.Equal(1e-3, norm, 1e-8);
    }

    [Fact]
    public void Gradients_below_the_norm_stay()
    {
        Assert.Equal(Gradients(null), Gradients(1e6));

        static double[] Gradients(double? norm)
        {
            using var model = new PlannedModel(Expansions.Plan("random"), seed: 1, Device);
            using var run = new TrainingRun(model, Train, new TrainingOptions { Optimizer = new Sgd(1), MaximumGradientNorm = norm });
            run.Step(0);
            return [.. model.Parameters.SelectMany(parameter => Slots.Read(parameter, parameter.Gradient))];
        }
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        using var model = new PlannedModel(Expansions.Plan("deep, mixed and shared"), seed: 1, Device.Default);
        var options = new TrainingOptions { MaximumGradientNorm = 1, Schedule = new CosineSchedule { WarmUpSteps = 3 } };
        using var run = new TrainingRun(model, Train, options);
        run.Expand();
        Assert.Equal(0, Allocations.Fewest(Epoch));

        void Epoch()
        {
            for (int step = 0; step < run.StepsPerEpoch; step++)
                run.Step(step);
        }
    }

    [Fact]
    public void Losses_with_targets_learn_too()
    {
        float[] features = [.. Enumerable.Range(0, 64 * 8).Select(i => MathF.Sin(i * 1.7f))];
        float[] targets = [.. Enumerable.Range(0, 64).Select(s => features[s * 8] > 0 ? 1f : 0f)];
        var data = Dataset.OfTargets("signs", 8, features, 1, targets);
        ModelPlan plan = Plans.OneHidden(8, 4, 1, new(2));
        foreach (Loss loss in new[] { Loss.SigmoidCrossEntropy, Loss.MeanSquaredError })
        {
            using var model = new PlannedModel(plan, seed: 1, Device);
            TrainingResult result = new Trainer(new TrainingOptions { Loss = loss, Optimizer = new Adam(0.02), BatchSize = 16 }).Fit(model, data, data);
            Assert.True(result.Epochs[^1].TrainLoss < 0.3 * result.Epochs[0].TrainLoss);
            Assert.Equal(loss == Loss.MeanSquaredError, result.Epochs[^1].Validation!.Value.Accuracy is null);
        }
    }

    private static TrainingResult Fit(Model model, TrainingOptions options, params ITrainingObserver[] observers) =>
        new Trainer(options, observers).Fit(model, Train);

    private sealed class Log : ITrainingObserver
    {
        public List<string> Lines { get; } = [];

        public Action<int> OnEpoch { get; init; } = _ => { };

        public void TrainingStarted(Model model, TrainingOptions options) => Lines.Add("started");

        public void ModelExpanded(Model model, int epochs) => Lines.Add($"expanded after {epochs}");

        public void EpochEnded(Model model, EpochReport report)
        {
            Lines.Add($"epoch {report.Epoch}");
            OnEpoch(report.Epoch);
        }

        public void TrainingEnded(Model model, TrainingResult result) => Lines.Add($"ended {result.StopReason}");
    }
}
