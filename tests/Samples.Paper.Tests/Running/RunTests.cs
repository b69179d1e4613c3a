using Fpe.Cli.Results;
using Fpe.Cli.Sweeps;
using Fpe.Compute;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Numerics;
using Fpe.Training;
using Samples.Paper.Experiments;
using Samples.Paper.Results;
using Samples.Paper.Running;

namespace Samples.Paper.Tests.Running;

/// <summary>Real runs of tiny networks.</summary>
public sealed class RunTests : IDisposable
{
    private static readonly Setting Setting = MadeUp.Boolean with { Clauses = 4, Literals = 2, TrainSamples = 96, Width = 6, Epochs = 6, BatchSize = 32, LearningRate = 0.01 };

    private static readonly Variant[] Variants =
    [
        Variant.Dense,
        .. new[] { 0, 2, 3 }.Select(after => MadeUp.Expanded(Method.Random, after: after)),
        MadeUp.Expanded(Method.Clause, after: 2), MadeUp.Expanded(Method.Feature, after: 3), MadeUp.Expanded(Method.Overlap, after: 2),
        MadeUp.Expanded(Method.TiedBias, after: 2), MadeUp.Expanded(Method.StaticSparse, after: 0), MadeUp.Expanded(Method.Random, 4, after: 2) with { Share = 3 },
        new Variant { Method = Method.DropConnect, Factor = 2 }, new Variant { Method = Method.WiderDense, WeightRatio = 2 },
        .. new[] { Method.Learned, Method.LearnedSkip, Method.Rigl, Method.Set, Method.SplitRigl }.Select(method => MadeUp.Expanded(method, 4, after: 0)),
        MadeUp.Expanded(Method.SplitRigl, after: 2), MadeUp.Expanded(Method.Learned, 16, after: 0) with { Share = 4 },
        MadeUp.Expanded(Method.Learned, after: 0) with { Within = 4 }, MadeUp.Expanded(Method.Random, after: 2) with { Within = 4 },
        new Variant { Method = Method.Linear },
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");

    [Fact]
    public void Shared_warm_ups_and_threads_change_no_bit()
    {
        RunConfiguration[] runs = [.. from seed in (long[])[0, 1] from variant in Variants select new RunConfiguration(Setting, variant, seed)];
        string[] together = Texts(Run(runs, threads: 3));

        // each by itself, from its first epoch to its last
        string[] alone = Texts(Run(runs, threads: 1, jobs: context => runs.Select(run => new RunJob(context, run))));

        Assert.Equal(runs.Length, together.Length);
        Assert.Equal(alone, together);
    }

    [Fact]
    public void A_warm_up_whose_parent_ends_early_has_the_learning_rates_of_the_whole_run()
    {
        RunConfiguration[] runs = [new(Setting, MadeUp.Expanded(Method.Random, after: 2), 0), new(Setting, MadeUp.Expanded(Method.Random, after: 3), 0)];
        string[] together = Texts(Run(runs, threads: 1, new CoolingTask()));

        Assert.Equal(Texts(Run(runs, threads: 1, new CoolingTask(), jobs: context => runs.Select(run => new RunJob(context, run)))), together);
        Assert.NotEqual(Texts(Run(runs, threads: 1)), together);
    }

    [Fact]
    public void Of_a_network_of_convolutions_the_first_expanded_one_is_described()
    {
        Setting setting = ImagesTask.Setting;
        Measurement[] measured =
        [
            .. Run([.. new[] { Variant.Dense, MadeUp.Expanded(Method.Random, after: 0), MadeUp.Expanded(Method.Learned, after: 0) }.Select(variant => new RunConfiguration(setting, variant, 0))], threads: 2, new ImagesTask())
                .Select(result => result.Measurement!),
        ];

        Assert.All(measured, measurement => Assert.Equal((1588, 1588), (measurement.DenseWeights, measurement.Weights)));
        Assert.Equal([142, 190, 190], measured.Select(measurement => measurement.Biases));
        // 4 channels in a window of 3 by 3.
        Assert.All(measured, measurement => Assert.Equal(36, measurement.Interference.CapacityHistogram.Sum() + measurement.Interference.UnusedInputs));
        Assert.Equal(36, measured[0].Interference.FeaturesPerNeuron);
        Assert.True(measured[1].Interference.FeaturesPerNeuron <= 18);
    }

    [Fact]
    public void Weights_are_counted_as_the_variant_has_them()
    {
        Dictionary<Variant, Measurement> measured = Run([.. Variants.Select(variant => new RunConfiguration(Setting, variant, 0))], threads: 1)
            .ToDictionary(result => result.Configuration.Variant, result => result.Measurement!);

        const long Dense = (8 * 6) + 6;
        Assert.All(measured.Values, measurement => Assert.Equal((Dense, 7), (measurement.DenseWeights, measurement.DenseBiases)));
        Assert.All(measured, pair => Assert.Equal(
            pair.Key.Method switch { Method.WiderDense or Method.DropConnect => 2 * Dense, Method.Linear => 8, _ => Dense }, pair.Value.Weights));
        Assert.Equal(13, measured[MadeUp.Expanded(Method.Random, after: 2)].Biases);
        Assert.Equal(7, measured[MadeUp.Expanded(Method.TiedBias, after: 2)].Biases);
        Assert.Equal(4, measured[MadeUp.Expanded(Method.Clause, after: 2)].Clauses!.Covered);
        Assert.All(measured.Values, measurement => Assert.Equal(8, measurement.Interference.CapacityHistogram.Sum() + measurement.Interference.UnusedInputs));
    }

    [Fact]
    public void A_linear_model_is_pruned_to_the_dense_parent_s_count_and_an_average_has_the_weights_of_all_its_networks()
    {
        Setting setting = CloudsTask.Setting;
        Variant random = MadeUp.Expanded(Method.Random, after: 2);
        Variant average = random with { Method = Method.Average, WeightRatio = 4 };
        RunConfiguration[] runs =
            [.. new[] { Variant.Dense, new() { Method = Method.Linear }, new() { Method = Method.LinearPruned, ExpandAfter = 0 }, random, average }.Select(variant => new RunConfiguration(setting, variant, 0))];
        RunResult[] results = Run(runs, threads: 2, new CloudsTask());

        const long Dense = (2 * 12) + (2 * 4);
        Assert.Equal([Dense, 12 * 4, Dense, Dense, 4 * Dense], results.Select(result => result.Measurement!.Weights));
        Assert.Equal([6, 4, 4, 8, 32], results.Select(result => result.Measurement!.Biases));
        // The first of the averaged networks is the random split, and the others are not.
        Assert.Equal(results[3].Loss, results[4].Loss);
        Assert.NotEqual(results[3].Measurement!.TrainAccuracy, results[4].Measurement!.TrainAccuracy);
        Assert.Equal(Texts(results)[^1], Texts(Run([runs[^1]], threads: 1, new CloudsTask(), jobs: context => [new RunJob(context, runs[^1])]))[0]);
    }

    [Fact]
    public void Edges_learned_beside_a_skip_are_worth_more_than_those_of_the_dense_parent_on_descriptions()
    {
        var task = EmbeddingsTask.OfSections();
        Setting setting = MadeUp.Fashion with { Experiment = "sections", Data = task.DataName, TrainSamples = task.TrainSamples, Width = 4, Epochs = 6 };
        Measurement[] measured =
        [
            .. Run([new(setting, Variant.Dense, 0), new(setting, MadeUp.Expanded(Method.LearnedSkip, 16, after: 0), 0)], threads: 2, task).Select(result => result.Measurement!),
        ];

        Assert.Equal([1752, 1752], measured.Select(measurement => measurement.Weights));
        // Measured: 31.1 and 50.6 %.
        Assert.True(
            measured[1].TestAccuracy >= 0.48 && measured[1].TestAccuracy >= measured[0].TestAccuracy + 0.15,
            $"dense {measured[0].TestAccuracy}, learned {measured[1].TestAccuracy}");
    }

    [Fact]
    public void Networks_answer_together_with_the_class_of_the_largest_mean_logit()
    {
        var data = Dataset.OfClasses("one", 1, [0], [2], 3);
        PlannedModel[] models = [.. new float[][] { [3, 0, 2], [0, 3, 2] }.Select(WithLogits)];

        Assert.All(models, model => Assert.Equal(0, LogitAverage.Accuracy([model], data)));
        Assert.Equal(1, LogitAverage.Accuracy(models, data));
        Array.ForEach(models, model => model.Dispose());

        static PlannedModel WithLogits(float[] logits)
        {
            var model = new PlannedModel(new ModelPlan("biases", 1, [new LinearPlan("Output", 1, 3)]));
            model.Parameters.Single(parameter => !parameter.IsWeight).Value.Write(logits);
            return model;
        }
    }

    [Fact]
    public void A_run_of_the_first_seed_has_pictures_and_every_run_its_losses()
    {
        Setting setting = Setting with { Clauses = 8, Literals = 3, Width = 8 };
        RunResult[] results = Run([new(setting, Variant.Dense, 0), new(setting, MadeUp.Expanded(Method.Random, after: 2), 0), new(setting, Variant.Dense, 1)], threads: 1);

        Assert.All(results, result => Assert.Equal(6, result.Loss.Count));
        Assert.Equal([true, true, false], results.Select(result => result.Measurement!.Pictures is not null));
        Assert.Equal(results[0].Loss.Take(2), results[1].Loss.Take(2));
        Assert.Equal((16, 24), (results[1].Measurement!.Pictures!.Weights.Rows, results[1].Measurement!.Pictures!.Gram.Rows));
    }

    [Fact]
    public void A_parent_that_diverges_takes_along_what_would_be_expanded_later()
    {
        Setting setting = Setting with { LearningRate = 1e-3 };
        RunConfiguration[] runs =
        [
            new(setting, Variant.Dense, 0), new(setting, MadeUp.Expanded(Method.Random, after: 2), 0), new(setting, MadeUp.Expanded(Method.Random, after: 0), 0),
        ];
        RunResult[] results = Run(runs, threads: 2, new PoisonedTask());

        Assert.Equal(3, results.Length);
        Assert.All(results, result => Assert.Equal((true, new Divergence(1, 1), null), (result.IsDiverged, result.Divergence, result.Measurement)));
    }

    [Fact]
    public void The_work_that_is_announced_is_the_work_that_is_done()
    {
        RunConfiguration[] runs = [.. Variants.Select(variant => new RunConfiguration(Setting, variant, 0))];
        foreach (RunConfiguration[] asked in new[] { runs, runs[1..], [runs[2]], [runs[3], runs[10]] })
        {
            var progress = new Tally();
            Run(asked, threads: 2, progress: progress);
            Assert.Equal(RunSchedule.WorkOf(new BooleanTask(), asked), progress.Work, 1e-3);
            Assert.Equal(asked.Length, progress.Runs);
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    private RunResult[] Run(
        RunConfiguration[] runs, int threads, LearningTask? task = null, Tally? progress = null, Func<RunContext, IEnumerable<Job>>? jobs = null)
    {
        using var results = new ResultStore<RunResult>(
            Path.Combine(folder.FullName, Guid.NewGuid().ToString()), RunResultFormat.Instance, new SweepPlan("test", []), Shard.Whole, Assert.Fail);
        var context = new RunContext(task ?? new BooleanTask(), results, progress ?? new Tally(), Device.Default);
        JobQueue.Run(jobs?.Invoke(context) ?? RunSchedule.JobsOf(context, runs), threads, CancellationToken.None);
        return [.. runs.Select(run => results.Find(run.Key)!)];
    }

    private static string[] Texts(RunResult[] results) =>
        [.. results.Select(result => System.Text.Encoding.UTF8.GetString(RunResultFormat.Instance.Write(result with { Seconds = 0 })))];

    private sealed class Tally : IRunProgress
    {
        private readonly Lock gate = new();

        public double Work { get; private set; }

        public int Runs { get; private set; }

        public void Around(Action work) => work();

        public void EpochEnded(double multiplyAdds, EpochReport report)
        {
            lock (gate)
                Work += multiplyAdds;
        }

        public void RunEnded(RunResult result)
        {
            lock (gate)
                Runs++;
        }
    }

    /// <summary>Four classes, each around a corner of its own, with much noise.</summary>
    private sealed class CloudsTask : LearningTask
    {
        public static Setting Setting { get; } = MadeUp.Fashion with { TrainSamples = 96, Width = 2, Epochs = 6, BatchSize = 32, LearningRate = 0.01 };

        public override Loss Loss => Loss.SoftmaxCrossEntropy;

        public override TaskData DataOf(Setting setting, long seed)
        {
            var random = new RandomStream(seed, RandomPurpose.Synthesis);
            int[] labels = [.. Enumerable.Range(0, 96).Select(sample => sample % 4)];
            float[] features = [.. labels.SelectMany(label => Enumerable.Range(0, 12).Select(feature => (feature % 4 == label ? 1 : 0) + (4 * random.NextSingle())))];
            var data = Dataset.OfClasses("clouds", 12, features, labels, 4);
            return new TaskData(data, data, []);
        }

        public override ModelPlan PlanOf(Setting setting, ExpansionPlan expansion) => MultilayerPerceptron.Plan(setting, 12, 4, expansion);
    }

    /// <summary>The formulas, with a learning rate that falls.</summary>
    private sealed class CoolingTask : LearningTask
    {
        private readonly BooleanTask formulas = new();

        public override Loss Loss => formulas.Loss;

        public override LearningRateSchedule Schedule { get; } = new CosineSchedule();

        public override TaskData DataOf(Setting setting, long seed) => formulas.DataOf(setting, seed);

        public override ModelPlan PlanOf(Setting setting, ExpansionPlan expansion) => formulas.PlanOf(setting, expansion);
    }

    /// <summary>Noise for the residual network.</summary>
    private sealed class ImagesTask : LearningTask
    {
        public static Setting Setting { get; } = MadeUp.Fashion with { TrainSamples = 64, Width = 4, Epochs = 3, BatchSize = 16 };

        public override Loss Loss => Loss.SoftmaxCrossEntropy;

        public override TaskData DataOf(Setting setting, long seed)
        {
            var random = new RandomStream(seed, RandomPurpose.Synthesis);
            float[] pixels = [.. Enumerable.Range(0, 64 * FashionMnist.Inputs).Select(_ => random.NextSingle())];
            var data = Dataset.OfClasses("noise", FashionMnist.Inputs, pixels, [.. Enumerable.Range(0, 64).Select(sample => sample % FashionMnist.Classes)], FashionMnist.Classes);
            return new TaskData(data, data, []);
        }

        public override ModelPlan PlanOf(Setting setting, ExpansionPlan expansion) => new ResNetTask(new FashionImages(null)).PlanOf(setting, expansion);
    }

    /// <summary>Values so large that the first loss is not finite.</summary>
    private sealed class PoisonedTask : LearningTask
    {
        public override Loss Loss => Loss.SigmoidCrossEntropy;

        public override TaskData DataOf(Setting setting, long seed)
        {
            var random = new RandomStream(seed, RandomPurpose.Synthesis);
            float[] features = [.. Enumerable.Range(0, 96 * 8).Select(_ => random.NextSingle() > 0.5f ? float.MaxValue : -float.MaxValue)];
            float[] targets = [.. Enumerable.Range(0, 96).Select(_ => (float)random.NextInt32(2))];
            var data = Dataset.OfTargets("poison", 8, features, 1, targets);
            return new TaskData(data, data, []);
        }

        public override ModelPlan PlanOf(Setting setting, ExpansionPlan expansion) => MultilayerPerceptron.Plan(setting, 8, 1, expansion);
    }
}
