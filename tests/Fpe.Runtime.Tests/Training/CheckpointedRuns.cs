using Fpe.Compute;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Metrics;
using Fpe.Runtime.Tests.Layers;
using Fpe.Training;

namespace Fpe.Runtime.Tests.Training;

/// <summary>Runs with checkpoints that stop and are resumed, each in a folder of its own.</summary>
public abstract class CheckpointedRuns : IDisposable
{
    private protected const int StepsPerEpoch = 7;
    private protected const int Epochs = 5;

    /// <summary>Begins the name of a run of a model of <see cref="LearnedRuns"/>; the model's name and a colon follow.</summary>
    private protected const string Learned = "learned ";

    private protected static readonly Dataset Train = TrainingData.Directions(50, 8, 3, seed: 1);
    private protected static readonly Dataset Test = TrainingData.Directions(30, 8, 3, seed: 2);

    private protected static readonly Optimizer[] Optimizers =
        [new Adam(0.02), new AdamW(0.02) { WeightDecay = 0.1 }, new Sgd(0.1), new Sgd(0.05) { Momentum = 0.9, Nesterov = true }];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fpe-");

    private protected static TrainingOptions Options => new()
    {
        Epochs = Epochs,
        BatchSize = 8,
        ExpandAfter = 2,
        Optimizer = new Adam(0.02),
        MaximumGradientNorm = 0.5,
        EarlyStopping = new EarlyStopping(Patience: 100),
    };

    public void Dispose()
    {
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected static TrainingOptions WithFolder(TrainingOptions options, string folder) =>
        options with { Checkpoints = new CheckpointOptions(folder) { Resume = true } };

    /// <summary>Trains a new model to the end of the run, from the last checkpoint of a folder where there is one.</summary>
    private protected (TrainingResult Result, double[] Weights) Fit(TrainingOptions options, string name)
    {
        using var model = new PlannedModel(Expansions.Plan("random"), seed: 1);
        TrainingResult result = new Trainer(WithFolder(options, Folder(name))).Fit(model, Train, Test);
        return (result, [.. model.Parameters.SelectMany(parameter => Slots.Read(parameter, parameter.Value))]);
    }

    private protected string Folder(string name) => Path.Combine(folder.FullName, name);

    private protected string[] Checkpoints(string name) => [.. Directory.GetFiles(Folder(name), "checkpoint-*.safetensors").Order(StringComparer.Ordinal)];

    /// <summary>Trains until the run ends by itself, by way of the given stops, each time with a new model.</summary>
    private protected Outcome RunToEnd(TrainingOptions options, Device device, string name, params long[] stops)
    {
        var plan = new ModelPlan("TestNet", 8,
        [
            new LinearPlan("Hidden", 8, 6, ActivationFunction.Relu) { Expansion = new ExpansionPlan(3) },
            new DropoutPlan("Drop", 6, 0.2),
            new LinearPlan("Logits", 6, 3),
        ]);
        if (name is "run")
            plan = Expansions.Plan("random");
        else if (name.StartsWith("image", StringComparison.Ordinal))
            plan = Expansions.Plan("on a convolution");
        else if (name.StartsWith("groups", StringComparison.Ordinal))
            plan = Expansions.Plan("groups, expanded");
        else if (name.StartsWith(Learned, StringComparison.Ordinal))
            plan = LearnedRuns.Plan(name[Learned.Length..].Split(':')[0]);

        foreach (long? stop in stops.Cast<long?>().Append(null))
        {
            using var model = new PlannedModel(plan, seed: 1, device);
            TrainingResult result = new Trainer(WithStop(options, name, stop, out CancellationToken token)).Fit(model, Train, Test, token);
            if (result.StopReason != StopReason.Cancelled)
            {
                double[] values = [.. model.Parameters.SelectMany(parameter => Slots.Read(parameter, parameter.Value))];
                return new Outcome(result, values, new SortedDictionary<string, byte[]>(
                    Directory.GetFiles(Folder(name)).ToDictionary(path => Path.GetFileName(path), File.ReadAllBytes), StringComparer.Ordinal));
            }
        }

        throw new InvalidOperationException("The run did not end.");
    }

    private protected TrainingOptions WithStop(TrainingOptions options, string name, long? stop, out CancellationToken token)
    {
        var source = new CancellationTokenSource();
        token = source.Token;
        CheckpointOptions checkpoints = (options.Checkpoints ?? new CheckpointOptions("")) with { Folder = Folder(name), Resume = true };
        return options with { Schedule = new StoppingSchedule(source, stop, options.Schedule is ConstantSchedule ? null : options.Schedule), Checkpoints = checkpoints };
    }

    private protected static void AssertSame(Outcome expected, Outcome actual)
    {
        Assert.Equal(expected.Result.Epochs, actual.Result.Epochs);
        Assert.Equal((expected.Result.StopReason, expected.Result.BestEpoch), (actual.Result.StopReason, actual.Result.BestEpoch));
        Assert.Equal(expected.Values, actual.Values);
        string lastOfBoth = expected.Files.Keys.Last(file => file.StartsWith("checkpoint", StringComparison.Ordinal));
        foreach (string file in new[] { lastOfBoth, "best.safetensors" })
            Assert.Equal(expected.Files[file], actual.Files[file]);
    }

    private protected sealed record Outcome(TrainingResult Result, double[] Values, SortedDictionary<string, byte[]> Files);

    /// <summary>A rate that falls, or that of another schedule, and a stop in the middle of a step: the run ends after it.</summary>
    private sealed record StoppingSchedule : LearningRateSchedule
    {
        private readonly CancellationTokenSource source;
        private readonly long? stop;
        private readonly LearningRateSchedule? inner;

        public StoppingSchedule(CancellationTokenSource source, long? stop, LearningRateSchedule? inner)
        {
            (this.source, this.stop, this.inner) = (source, stop, inner);
            if (stop == 0)
                source.Cancel();
        }

        protected override double FactorAfterWarmUp(long step, int stepsPerEpoch, int epochs)
        {
            if (step + 1 == stop)
                source.Cancel();
            return inner?.Factor(step, stepsPerEpoch, epochs) ?? (1 / (1 + (0.01 * step)));
        }

        protected internal override double FactorAfter(IReadOnlyList<EpochReport> epochs) => inner?.FactorAfter(epochs) ?? 1;

        internal override bool IsMeasured => inner?.IsMeasured == true;

        internal override Metric? WatchedMetric => inner?.WatchedMetric;
    }
}
