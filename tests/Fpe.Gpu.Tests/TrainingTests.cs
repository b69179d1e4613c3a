using Fpe.Compute;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Research.Controls;
using Fpe.Runtime.Tests.Compute;
using Fpe.Runtime.Tests.Layers;
using Fpe.Runtime.Tests.Training;
using Fpe.Training;

namespace Fpe.Gpu.Tests;

public class TrainingTests
{
    private static readonly GpuDevice Gpu = TestedDevices.Gpu;

    [Theory]
    [MemberData(nameof(Expansions.Names), MemberType = typeof(Expansions))]
    public void A_model_trains_as_on_the_cpu_engine(string name)
    {
        foreach ((EpochReport expected, EpochReport actual) in TrainOnBoth(name, new Sgd(0.1) { Momentum = 0.9 }))
        {
            Assert.Equal(expected.TrainLoss, actual.TrainLoss, 1e-5);
            Assert.Equal(expected.Validation!.Value.Loss, actual.Validation!.Value.Loss, 1e-5);
        }

        // The gradient of a bias under a batch norm is 0 except for rounding, which Adam scales up to whole steps in any direction. The
        // norm removes them again, except in validation, where its running mean is some steps behind.
        foreach ((EpochReport expected, EpochReport actual) in TrainOnBoth(name, new Adam(0.01)))
            Assert.Equal(expected.TrainLoss, actual.TrainLoss, 1e-5);
    }

    [Theory]
    [InlineData("deep, mixed and shared")]
    [InlineData("convolutions")]
    [InlineData("residual")]
    public void The_same_seed_gives_the_same_bits(string name) =>
        Assert.Equal(Weights(Expansions.Plan(name)), Weights(Expansions.Plan(name)));

    [Fact]
    public void A_model_trained_on_one_device_predicts_the_same_on_another()
    {
        using var model = new PlannedModel(Expansions.Plan("deep, mixed and shared"), seed: 3, Gpu);
        new Trainer(new TrainingOptions { Epochs = 2, BatchSize = 16 }).Fit(model, DataFor(model.Plan));
        using PlannedModel moved = model.To(Device.Default);
        Assert.Equal(model.WeightCount, moved.WeightCount);

        float[] samples = DataFor(model.Plan).Features!;
        float[] expected = model.Outputs(samples), actual = moved.Outputs(samples);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5f);
    }

    [Fact]
    public void Digits_are_learned_as_on_the_cpu_engine()
    {
        Dataset digits = CsvClasses.Read(Path.Combine(AppContext.BaseDirectory, "digits.csv.gz"), 64, 10, scale: 1 / 16f);
        (Dataset train, Dataset test) = digits.Divide("train", 1437, "test", 1);
        LearnAlike(
            Plans.OneHidden(64, 16, 10, new ExpansionPlan(4)), train, test,
            new TrainingOptions { Epochs = 15, BatchSize = 32, Optimizer = new Adam(3e-3) }, counted: (64 * 16) + (16 * 10));
    }

    [FashionMnistFact]
    public void Clothes_are_learned_as_on_the_cpu_engine()
    {
        Dataset train = FashionMnist.Train().Divide("train", 4000, "rest", 1).First;
        Dataset test = FashionMnist.Test().Divide("test", 1000, "rest", 1).First;
        LearnAlike(
            Plans.OneHidden(784, 64, 10, new ExpansionPlan(4, Share: 32)), train, test,
            new TrainingOptions { Epochs = 3, BatchSize = 128, Optimizer = new Adam(1e-3) }, counted: (784 * 64) + (64 * 10));
    }

    /// <summary>Trains the same seed on both devices: accuracies differ by one in a hundred at most, and counts by nothing.</summary>
    private static void LearnAlike(ModelPlan plan, Dataset train, Dataset test, TrainingOptions options, long counted)
    {
        var accuracies = new List<double>();
        foreach (Device device in new[] { Device.Default, Gpu })
        {
            using var model = new PlannedModel(plan, seed: 1, device);
            TrainingResult result = new Trainer(options with { ExpandAfter = 0 }).Fit(model, train, test);
            Assert.Equal(counted, model.WeightCount);
            accuracies.Add(result.Epochs[^1].Validation!.Value.Accuracy!.Value);
        }

        Assert.True(accuracies[0] > 0.75, $"The CPU engine learned {accuracies[0]:P1}.");
        Assert.Equal(accuracies[0], accuracies[1], 0.01);
    }

    private static double[] Weights(ModelPlan plan)
    {
        using var model = new PlannedModel(plan, seed: 5, Gpu);
        new Trainer(OptionsFor(plan)).Fit(model, DataFor(plan));
        return [.. model.Parameters.SelectMany(parameter =>
        {
            var values = new double[parameter.Value.Length];
            parameter.Value.Read(values);
            return values;
        })];
    }

    /// <summary>Trains a model on both devices; the number of weights has to be the same.</summary>
    private static IEnumerable<(EpochReport Cpu, EpochReport Gpu)> TrainOnBoth(string name, Optimizer optimizer)
    {
        ModelPlan plan = Expansions.Plan(name);
        TrainingOptions options = OptionsFor(plan) with { Optimizer = optimizer };
        TrainingResult here = Train(plan, options, Device.Default, out long weights);
        TrainingResult there = Train(plan, options, Gpu, out long gpuWeights);
        Assert.Equal(weights, gpuWeights);

        // DropConnect numbers weights in the order a device stores them, so that its masks differ between devices.
        return plan.Layers.OfType<DropConnectPlan>().Any() ? [] : here.Epochs.Zip(there.Epochs);
    }

    private static TrainingResult Train(ModelPlan plan, TrainingOptions options, Device device, out long weights)
    {
        using var model = new PlannedModel(plan, seed: 5, device);
        Dataset data = DataFor(model.Plan);
        TrainingResult result = new Trainer(options).Fit(model, data, data);
        weights = model.WeightCount;
        return result;
    }

    private static TrainingOptions OptionsFor(ModelPlan plan) =>
        new() { Epochs = 3, BatchSize = 32, Optimizer = new Adam(0.01), ExpandAfter = plan.IsExpanded ? 1 : null };

    private static Dataset DataFor(ModelPlan plan) => TrainingData.Directions(200, 8, 3, declared: plan.OutputCount);
}
