using Fpe;
using Fpe.Compute;
using Fpe.Compute.Cpu;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Numerics;
using Fpe.Training;

namespace KillAndResume;

/// <summary>
/// A training run with everything that has a state: momenta, a schedule, dropout, a split or edges that are learned, early stopping, the
/// best model.
/// </summary>
internal static class TrainingProcess
{
    private const int Inputs = 64;
    private const int Classes = 10;

    /// <summary>The kinds of runs there are.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["split", "pruning", "exchange"];

    /// <summary>Trains to the end, from the last checkpoint of the folder on.</summary>
    public static int Run(string kind, string folder, int threads)
    {
        EdgeLearning? learning = kind switch
        {
            "split" => null,
            "pruning" => new GradualPruning { Start = EdgeStart.Split, EverySteps = 7 },
            "exchange" => new EdgeExchange { Start = EdgeStart.Split, EverySteps = 7 },
            _ => throw new ArgumentException($"There is no kind {kind}.", nameof(kind)),
        };
        Split strategy = learning is null ? Split.Random : Split.Learned;
        var plan = new ModelPlan("KilledNet", Inputs,
        [
            new Conv2dPlan("Edges", new ImageShape(1, 8, 8), Filters: 4, Kernel: 3, Padding: 1, Activation: ActivationFunction.Tanh),
            new MaxPool2dPlan("Pool", new ImageShape(4, 8, 8), Kernel: 2, Stride: 2),
            new FlattenPlan("Features", new ImageShape(4, 4, 4)),
            new LinearPlan("Hidden", Inputs, 48, ActivationFunction.Gelu) { Expansion = new ExpansionPlan(4, strategy, Share: 8) },
            new DropoutPlan("Drop", 48, 0.1),
            new LinearPlan("Second", 48, 32, ActivationFunction.Relu) { Expansion = new ExpansionPlan(2, strategy) },
            new LinearPlan("Logits", 32, Classes),
        ]);
        var options = new TrainingOptions
        {
            Epochs = 12,
            BatchSize = 32,
            ExpandAfter = 4,
            EdgeLearning = learning,
            Optimizer = new AdamW(3e-3),
            Schedule = new CosineSchedule { WarmUpSteps = 20 },
            MaximumGradientNorm = 1,
            EarlyStopping = new EarlyStopping(Patience: 8),
            Checkpoints = new CheckpointOptions(folder) { EverySteps = 5, Resume = true },
        };

        using var model = new PlannedModel(plan, seed: 3, new CpuDevice(threads));
        new Trainer(options).Fit(model, Samples(1500, seed: 1), Samples(300, seed: 2));
        return 0;
    }

    /// <summary>Samples whose class is the sign pattern of three sums.</summary>
    private static Dataset Samples(int count, long seed)
    {
        var random = new RandomStream(seed, RandomPurpose.Synthesis);
        var features = new float[count * Inputs];
        var labels = new int[count];
        Span<double> sums = stackalloc double[3];
        for (int s = 0; s < count; s++)
        {
            sums.Clear();
            for (int i = 0; i < Inputs; i++)
            {
                features[(s * Inputs) + i] = (2 * random.NextSingle()) - 1;
                sums[i % sums.Length] += features[(s * Inputs) + i];
            }

            labels[s] = (sums[0] > 0 ? 1 : 0) + (sums[1] > 0 ? 2 : 0) + (sums[2] > 0 ? 4 : 0);
        }

        return Dataset.OfClasses("sums", Inputs, features, labels, Classes);
    }
}
