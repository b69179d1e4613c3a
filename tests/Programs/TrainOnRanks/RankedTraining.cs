using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Fpe;
using Fpe.Compute;
using Fpe.Compute.Cpu;
using Fpe.Data;
using Fpe.Distributed;
using Fpe.Expansion;
using Fpe.Mpi;
using Fpe.Numerics;
using Fpe.Training;

namespace TrainOnRanks;

/// <summary>A training run with momenta, a schedule, dropout, a split or edges that are learned, early stopping and checkpoints.</summary>
internal static class RankedTraining
{
    // The last batch has 3 samples, fewer than chunks.
    private const int BatchSize = 100, Samples = 1403;

    /// <summary>Trains, and prints what came of it.</summary>
    public static int Run(string[] args)
    {
        var own = new RankedOptions(args);
        ProcessGroup group = MpiProcessGroup.Join(args);
        string differs = own.Differing.Rank == group.Rank ? own.Differing.What : "nothing";

        (Dataset train, CountedRows rows) = DataOf(own, "sums", Samples, seed: differs == "data" ? 9 : 1);
        (Dataset validation, _) = DataOf(own, "other sums", count: 300, seed: 2);
        using var model = ModelOf(own);
        if (differs == "weights")
            model.Parameters.First().Value.Write([0.5f]);

        foreach ((string what, Action action) in Events(own, group))
        {
            if (own.ReadOf(what, group.Rank) is { } read)
                rows.Plan(read, action);
        }

        var options = new TrainingOptions
        {
            Epochs = own.Epochs,
            BatchSize = differs == "batch" ? 0 : BatchSize,
            BatchesPerStep = own.Batches,
            ExpandAfter = own.Kind == "dense" ? null : 1,
            EdgeLearning = LearningOf(own.Kind),
            Optimizer = own.Recipe switch
            {
                "adam" => new AdamW(differs == "options" ? 4e-3 : 3e-3),
                "momentum" => new Sgd(0.1) { Momentum = 0.9, Nesterov = true, WeightDecay = 1e-4 },
                string other => throw new ArgumentException($"There is no recipe {other}.", nameof(args)),
            },
            Loss = own.Recipe == "momentum" ? new SoftmaxCrossEntropyLoss { LabelSmoothing = 0.1 } : Loss.SoftmaxCrossEntropy,
            ClassWeights = own.Recipe == "momentum" ? LossWeights.Of([.. Enumerable.Range(1, RankedPlan.Classes).Select(c => c / 5.0)]) : null,
            Schedule = new CosineSchedule { WarmUpSteps = 20 },

            // With it every rank updates all weights, without it only a part of them.
            MaximumGradientNorm = own.GradientNorm ?? (own.Kind is "split" or "exchange" ? 1 : null),
            EarlyStopping = new EarlyStopping(own.Patience),
            Checkpoints = own.Folder is null ? null : new CheckpointOptions(own.Folder) { EverySteps = 5, Resume = true },
            DataParallel = new DataParallel(group) { Chunks = own.Chunks },
        };
        for (int fit = 1; fit < own.Fits; fit++)
        {
            using PlannedModel other = ModelOf(own);
            Console.WriteLine($"rank {group.Rank}, fit {fit}: {new Trainer(options).Fit(other, train, validation).StopReason}");
        }

        int before = rows.Reads;
        TrainingResult result = new Trainer(options).Fit(model, train, validation);
        EpochReport? last = result.Epochs.Count == 0 ? null : result.Epochs[^1];
        if (group.Rank == 0)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{result.StopReason} after {result.Epochs.Count} epochs, loss {last?.TrainLoss:R}, accuracy {last?.TrainAccuracy:R}, validation {last?.Validation?.Loss:R} {last?.Validation?.Accuracy:R}, weights {Checksum(model)}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"rank {group.Rank} of {group.Size} ({group.Name}): read {rows.Reads - before} samples, sent {group.BytesSent} bytes, {model.WeightCount + model.BiasCount} weights and biases"));
        return 0;
    }

    private static PlannedModel ModelOf(RankedOptions own) => new(RankedPlan.Of(own.Kind), seed: 3, new CpuDevice(own.Threads));

    /// <summary>What can happen while a rank reads.</summary>
    private static (string What, Action Action)[] Events(RankedOptions own, ProcessGroup group) =>
    [
        ("killed", Process.GetCurrentProcess().Kill),
        ("fails", () => throw new DatasetException("sums", "cannot be read any more")),
        ("pauses", () =>
        {
            Console.WriteLine("pauses");
            SpinWait.SpinUntil(() => group.IsStopRequested);
        }),
        ("stopped", () =>
        {
            using Process signal = Process.Start("kill", ["-TERM", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]);
            SpinWait.SpinUntil(() => group.IsStopRequested);
        }),
        ("removed", () => Directory.Delete(own.Folder!, recursive: true)),
    ];

    private static EdgeLearning? LearningOf(string kind) => kind switch
    {
        "dense" or "split" or "norms" or "tokens" => null,
        "pruning" => new GradualPruning { Start = EdgeStart.Split, EverySteps = 7 },
        "exchange" => new EdgeExchange { Start = EdgeStart.Split, EverySteps = 7 },
        _ => throw new ArgumentException($"There is no kind {kind}.", nameof(kind)),
    };

    private static (Dataset Data, CountedRows Rows) DataOf(RankedOptions own, string name, int count, long seed)
    {
        var random = new RandomStream(seed, RandomPurpose.Synthesis);
        var values = new float[count * RankedPlan.Inputs];
        for (int i = 0; i < values.Length; i++)
            values[i] = (2 * random.NextSingle()) - 1;
        int[] labels = Labels(values);
        var rows = new CountedRows(own.Kind == "tokens" ? Array.ConvertAll(values, TokenOf) : values, RankedPlan.Inputs);
        return (Dataset.OfClasses(name, rows, labels, RankedPlan.Classes), rows);
    }

    /// <summary>A token for a number; a third of the places are empty.</summary>
    private static float TokenOf(float value) => value < -1 / 3f ? -1 : MathF.Floor((value + (1 / 3f)) * 0.74f * RankedPlan.Vocabulary);

    /// <summary>The class of a sample is the sign pattern of three sums.</summary>
    private static int[] Labels(float[] values)
    {
        var labels = new int[values.Length / RankedPlan.Inputs];
        Span<double> sums = stackalloc double[3];
        for (int s = 0; s < labels.Length; s++)
        {
            sums.Clear();
            for (int i = 0; i < RankedPlan.Inputs; i++)
                sums[i % sums.Length] += values[(s * RankedPlan.Inputs) + i];
            labels[s] = (sums[0] > 0 ? 1 : 0) + (sums[1] > 0 ? 2 : 0) + (sums[2] > 0 ? 4 : 0);
        }

        return labels;
    }

    private static string Checksum(Model model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Parameter parameter in model.Parameters)
        {
            var values = new double[parameter.Edges?.Layout.SlotCount ?? parameter.Value.Length];
            if (parameter.Edges is { } edges)
                edges.Read(parameter.Value, values);
            else
                parameter.Value.Read(values);
            hash.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes<double>(values));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
