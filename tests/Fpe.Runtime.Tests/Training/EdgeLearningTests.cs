using Fpe.Checkpoints;
using Fpe.Compute;
using Fpe.Compute.Cpu;
using Fpe.Runtime.Tests.Compute;
using Fpe.Runtime.Tests.Layers;
using Fpe.Sparsity;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

/// <summary>A model learns its edges, has as many as it should after every step, and ends with the compiler's number.</summary>
public class EdgeLearningTests
{
    [Theory]
    [MemberData(nameof(LearnedRuns.All), MemberType = typeof(LearnedRuns))]
    public void The_count_is_right_after_every_step(string plan, string way)
    {
        TrainingOptions options = LearnedRuns.Options(way);
        ModelPlan declared = LearnedRuns.Plan(plan);
        foreach (Device device in new[] { Device.Default, TestedDevices.Double })
        {
            using var model = new PlannedModel(declared, seed: 2, device);
            using var run = new TrainingRun(model, LearnedRuns.Train, options);
            run.Expand();
            LearningSteps steps = LearningSteps.Of(options.EdgeLearning!, options, run.StepsPerEpoch);
            long expected = options.EdgeLearning is GradualPruning ? declared.WeightsBeforePruning : declared.ExpandedWeights;
            Assert.Equal(expected, model.WeightCount);
            for (int step = 0; step < options.Epochs * run.StepsPerEpoch; step++)
            {
                long before = model.WeightCount;
                run.Step(step % run.StepsPerEpoch);
                if (options.EdgeLearning is GradualPruning { Scope: PruningScope.Global } && steps.IsChange(run.StepCount) && declared.Linears.All(layer => layer.Expansion.Within == 0))
                    expected = declared.ExpandedWeights + (long)((declared.WeightsBeforePruning - declared.ExpandedWeights) * Math.Pow(1 - steps.Progress(run.StepCount), 3));
                if (options.EdgeLearning is EdgeExchange || !steps.IsChange(run.StepCount))
                    Assert.Equal(before, model.WeightCount);
                else if (options.EdgeLearning is GradualPruning { Scope: PruningScope.Global } && declared.Linears.All(layer => layer.Expansion.Within == 0))
                    Assert.Equal(expected, model.WeightCount);
                Assert.InRange(model.WeightCount, declared.ExpandedWeights, before);
                Assert.Equal(run.StepCount >= steps.End, run.HasFinalEdges);
                if (run.HasFinalEdges)
                    Assert.Equal(declared.ExpandedWeights, model.WeightCount);
                AssertAbsentEdgesAreZero(model, run.OptimizerState);
            }
        }
    }

    [Theory]
    [MemberData(nameof(LearnedRuns.All), MemberType = typeof(LearnedRuns))]
    public void Training_gives_the_same_bits_with_any_number_of_threads(string plan, string way)
    {
        double[] alone = Train(plan, way, new CpuDevice(threads: 1));
        Assert.Equal(alone, Train(plan, way, new CpuDevice(threads: 2)));
        Assert.Equal(alone, Train(plan, way, new CpuDevice(threads: 3)));
    }

    [Theory]
    [InlineData("exchange")]
    [InlineData("exchange, from a split")]
    [InlineData("exchange, at random")]
    public void An_exchange_brings_edges_that_start_from_zero_and_have_no_moments(string way)
    {
        TrainingOptions options = LearnedRuns.Options(way) with { ExpandAfter = 0 };
        using var model = new PlannedModel(LearnedRuns.Plan("single"), seed: 3, TestedDevices.Double);
        using var run = new TrainingRun(model, LearnedRuns.Train, options);
        run.Expand();
        LearningSteps steps = LearningSteps.Of(options.EdgeLearning!, options, run.StepsPerEpoch);
        (int grown, int carried) = (0, 0);
        for (int step = 0; step < 12; step++)
        {
            EdgeLayout[] before = [.. model.Linears.Select(layer => layer.Edges)];
            run.Step(step % run.StepsPerEpoch);
            if (!steps.IsChange(run.StepCount))
            {
                Assert.Equal(before, model.Linears.Select(layer => layer.Edges));
                continue;
            }

            foreach ((Linear layer, EdgeLayout old) in model.Linears.Zip(before))
            {
                double[] weights = layer.ReadWeights();
                double[] moments = Slots.Read(layer.Weight, run.OptimizerState.Buffers[model.Parameters.ToList().IndexOf(layer.Weight)][1]);
                EdgeTransfer origin = EdgeTransfer.Between(old, layer.Edges);
                double[] isOld = origin.Move([.. Enumerable.Repeat(1.0, old.SlotCount)]);
                int grownHere = grown;
                for (int slot = 0; slot < weights.Length; slot++)
                {
                    carried += isOld[slot] != 0 && moments[slot] != 0 ? 1 : 0;
                    if (isOld[slot] != 0 || !layer.Edges.IsKept(slot))
                        continue;
                    grown++;
                    Assert.Equal(0, weights[slot]);
                    Assert.Equal(0, moments[slot]);
                }

                // The share falls as a cosine (RigL, equation 1).
                double share = ((EdgeExchange)options.EdgeLearning!).Fraction * (1 + Math.Cos(Math.PI * steps.Progress(run.StepCount))) / 2;
                int missing = (old.OutputCount * old.InputCount) - old.EdgeCount;
                Assert.Equal(Math.Min(Math.Round(share * old.EdgeCount), missing), grown - grownHere);
            }
        }

        Assert.True(grown > 5, $"{grown} edges have grown.");
        Assert.True(carried > 20, $"{carried} edges have kept their moments.");
    }

    [Theory]
    [InlineData(EdgeGrowth.Gradient, true)]
    [InlineData(EdgeGrowth.Random, false)]
    public void Only_growth_by_gradients_needs_those_of_a_step(EdgeGrowth growth, bool expected)
    {
        using var model = new PlannedModel(LearnedRuns.Plan("single"), seed: 3, TestedDevices.Double);
        Assert.Equal(expected, new EdgeExchange { Growth = growth }.CreateLearner(model, new LearningSteps(0, 10, 1), seed: 0).NeedsGradients);
    }

    /// <summary>The gradient of edges that are absent is that of a dense layer whose weights are 0 there.</summary>
    [Theory]
    [InlineData("single")]
    [InlineData("share")]
    [InlineData("no hidden layer")]
    [InlineData("deep")]
    public void The_gradient_of_all_edges_is_that_of_a_dense_layer_with_zeros(string plan)
    {
        TrainingOptions options = LearnedRuns.Options("exchange") with { ExpandAfter = 0, Optimizer = new Sgd(1e-30), MaximumGradientNorm = null };
        foreach (Device device in new[] { Device.Default, TestedDevices.Double })
        {
            using var sparse = new PlannedModel(LearnedRuns.Plan(plan), seed: 3, device);
            using var run = new TrainingRun(sparse, LearnedRuns.Train, options);
            run.Expand();
            using var dense = new PlannedModel(LearnedRuns.Plan(plan), seed: 3, device);
            dense.ExpandToLearn((_, shapes, _, _) =>
            [
                .. sparse.Linears.Select(layer =>
                {
                    var all = EdgeLayout.Dense(layer.OutputCount, layer.InputCount);
                    return new Fpe.Expansion.ExpandedLayer(all, EdgeTransfer.Between(layer.Edges, all).Move(layer.ReadWeights()), layer.ReadBiases());
                }),
            ]);

            float[] inputs = [.. Enumerable.Range(0, 5).SelectMany(s => LearnedRuns.Train.Sample(s).ToArray())];
            using Activations samples = device.AllocateActivations(8, 5);
            samples.Write(inputs, 5);
            (double[][] all, _) = Gradients(sparse, samples);
            (_, double[][] expected) = Gradients(dense, samples);
            double tolerance = device == TestedDevices.Double ? 1e-12 : 1e-5;
            foreach ((double[] own, double[] other) in all.Zip(expected))
            {
                Assert.Equal(own.Length, other.Length);
                Assert.All(own.Zip(other), pair => Assert.Equal(pair.Second, pair.First, tolerance));
            }
        }
    }

    [Fact]
    public void Edges_are_learned_in_training_alone()
    {
        using var model = new PlannedModel(LearnedRuns.Plan("single"));
        Assert.Equal("TestNet learns its edges during training; call Trainer.Fit, which expands it.", Assert.Throws<InvalidOperationException>(model.Expand).Message);
        Assert.False(model.IsExpanded);
    }

    [Fact]
    public void A_pattern_is_kept_by_every_row()
    {
        using var model = new PlannedModel(LearnedRuns.Plan("pattern"));
        new Trainer(LearnedRuns.Options("pruning")).Fit(model, LearnedRuns.Train);
        Linear hidden = model.Linears.First();
        var rows = new Fpe.Compute.LayoutRows(hidden.Edges);
        Assert.Equal(12, hidden.OutputCount);
        for (int row = 0; row < hidden.OutputCount; row++)
        {
            int first = rows.FirstSlot(row);
            int[] columns = [.. rows.Columns(row).ToArray().Where((_, at) => hidden.Edges.IsKept(first + at))];
            Assert.Equal([2, 2], [columns.Count(column => column < 4), columns.Count(column => column >= 4)]);
        }
    }

    [Fact]
    public void The_best_epoch_is_one_with_final_edges()
    {
        using var model = new PlannedModel(LearnedRuns.Plan("single"));
        TrainingOptions options = LearnedRuns.Options("pruning") with { Epochs = 30, EarlyStopping = new EarlyStopping(2), Optimizer = new Adam(0.3) };
        TrainingResult result = new Trainer(options).Fit(model, LearnedRuns.Train, LearnedRuns.Test);
        Assert.Equal(StopReason.EarlyStopped, result.StopReason);
        EpochReport first = result.Epochs.First(report => report.HasFinalEdges);
        Assert.Equal(18, first.Epoch);
        Assert.InRange(result.BestEpoch!.Value, first.Epoch, 30);
        Assert.Equal(model.Plan.ExpandedWeights, model.WeightCount);
        Assert.Equal(result.Epochs[result.BestEpoch.Value - 1].Validation!.Value.Loss, Evaluator.Evaluate(model, LearnedRuns.Test, options.Loss, options.BatchSize).Loss);
    }

    [Theory]
    [MemberData(nameof(LearnedRuns.All), MemberType = typeof(LearnedRuns))]
    public void A_model_is_saved_loaded_and_copied_at_any_time(string plan, string way)
    {
        using var stop = new CancellationTokenSource();
        using var model = new PlannedModel(LearnedRuns.Plan(plan));
        var trainer = new Trainer(LearnedRuns.Options(way), new StopAfter(2, stop));
        new Trainer(trainer.Options, new StopAfter(2, stop)).Fit(model, LearnedRuns.Train, cancellation: stop.Token);
        AssertCopies(model);
        new Trainer(trainer.Options with { ExpandAfter = 0 }).Fit(model, LearnedRuns.Train);
        Assert.Equal(model.Plan.ExpandedWeights, model.WeightCount);
        AssertCopies(model);
        Assert.Equal(model.Plan.ExpandedWeights, model.Summarize().Weights);
        Assert.Equal(model.Plan.WeightsBeforePruning, model.Summarize().WeightsBeforePruning);
    }

    private static void AssertCopies(PlannedModel model)
    {
        float[] inputs = LearnedRuns.Train.Sample(0).ToArray();
        using PlannedModel copy = model.To(new CpuDevice(threads: 1));
        Assert.Equal(model.Outputs(inputs), copy.Outputs(inputs));
        string file = Path.GetTempFileName();
        try
        {
            model.Save(file);
            using var loaded = new PlannedModel(model.Plan, seed: 77);
            loaded.LoadWeights(file);
            Assert.Equal(model.Outputs(inputs), loaded.Outputs(inputs));
            Assert.Equal(model.WeightCount, loaded.WeightCount);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static (double[][] OfAll, double[][] Own) Gradients(Model model, Activations samples)
    {
        using var buffers = new PassBuffers(model, samples, training: true);
        var pass = new Pass(5, Training: true, Seed: 5, Step: 0, KeepsGradients: true);
        model.Forward(buffers, pass);
        var gradient = new float[5 * model.Plan.OutputCount];
        for (int i = 0; i < gradient.Length; i++)
            gradient[i] = MathF.Sin(i);
        buffers.OutputGradient.Write(gradient, 5);
        model.Backward(buffers, pass);
        var all = new List<double[]>();
        for (int l = 0; l < model.Layers.Count; l++)
        {
            if (model.Layers[l] is Linear layer)
                all.Add(layer.GradientOfAllEdges(buffers.InputsOf(l)[0], buffers[l], 5));
        }

        return ([.. all], [.. model.Linears.Select(layer => Slots.Read(layer.Weight, layer.Weight.Gradient))]);
    }

    private static double[] Train(string plan, string way, Device device)
    {
        using var model = new PlannedModel(LearnedRuns.Plan(plan), seed: 4, device);
        new Trainer(LearnedRuns.Options(way)).Fit(model, LearnedRuns.Train);
        return [.. model.Linears.SelectMany(layer => layer.ReadWeights().Concat(layer.ReadBiases()).Concat(Enumerable.Range(0, layer.Edges.BlockCount).SelectMany(b => layer.Edges.Block(b).Columns.ToArray()).Select(column => (double)column)))];
    }

    private static void AssertAbsentEdgesAreZero(Model model, OptimizerState state)
    {
        foreach ((Parameter parameter, IReadOnlyList<DeviceBuffer> moments) in model.Parameters.Zip(state.Buffers))
        {
            foreach (DeviceBuffer buffer in moments.Append(parameter.Value))
            {
                double[] values = Slots.Read(parameter, buffer);
                for (int slot = 0; slot < values.Length; slot++)
                {
                    if (!Slots.Exists(parameter, slot))
                        Assert.Equal(0.0, values[slot]);
                }
            }
        }
    }

    private sealed class StopAfter(int epochs, CancellationTokenSource source) : ITrainingObserver
    {
        public void EpochEnded(Model model, EpochReport report)
        {
            if (report.Epoch == epochs)
                source.Cancel();
        }
    }
}
