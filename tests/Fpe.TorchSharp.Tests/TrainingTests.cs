using Fpe.Compute;
using Fpe.Data;
using Fpe.Research.Controls;
using Fpe.Runtime.Tests.Layers;
using Fpe.Runtime.Tests.Training;
using Fpe.Training;
using TorchSharp;

namespace Fpe.Torch.Tests;

public class TrainingTests
{
    private static readonly TorchDevice Cpu = TorchDevice.Cpu();

    [Theory]
    [MemberData(nameof(Expansions.Names), MemberType = typeof(Expansions))]
    public void A_model_trains_as_on_the_cpu_engine(string name)
    {
        ModelPlan plan = Expansions.Plan(name);
        TrainingResult here = Train(plan, Device.Default, out long weights);
        TrainingResult there = Train(plan, Cpu, out long torchWeights);
        Assert.Equal(weights, torchWeights);

        // DropConnect numbers weights in the order a device stores them, so that its masks differ between devices.
        if (plan.Layers.OfType<DropConnectPlan>().Any())
            return;
        foreach ((EpochReport expected, EpochReport actual) in here.Epochs.Zip(there.Epochs))
        {
            Assert.Equal(expected.TrainLoss, actual.TrainLoss, 1e-3);
            Assert.Equal(expected.Validation!.Value.Loss, actual.Validation!.Value.Loss, 1e-3);
        }
    }

    [Fact]
    public void A_model_trained_on_one_device_predicts_the_same_on_another()
    {
        using var model = new PlannedModel(Expansions.Plan("deep, mixed and shared"), seed: 3, Cpu);
        new Trainer(new TrainingOptions { Epochs = 2, BatchSize = 16 }).Fit(model, DataFor(model.Plan));
        using PlannedModel moved = model.To(Device.Default);
        Assert.Same(Device.Default, moved.Device);
        Assert.Equal(model.WeightCount, moved.WeightCount);

        float[] samples = DataFor(model.Plan).Features!;
        float[] expected = model.Outputs(samples), actual = moved.Outputs(samples);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal(expected[i], actual[i], 1e-5f);
    }

    [Fact]
    public void A_step_leaves_no_tensor_behind()
    {
        using var model = new PlannedModel(Expansions.Plan("deep, mixed and shared"), seed: 3, Cpu);
        var options = new TrainingOptions { BatchSize = 16, MaximumGradientNorm = 1, Optimizer = new AdamW(0.01) };
        using var run = new TrainingRun(model, DataFor(model.Plan), options);
        run.Expand();
        for (int step = 0; step < run.StepsPerEpoch; step++)
            run.Step(step);

        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int step = 0; step < 3 * run.StepsPerEpoch; step++)
            run.Step(step % run.StepsPerEpoch);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static TrainingResult Train(ModelPlan plan, Device device, out long weights)
    {
        using var model = new PlannedModel(plan, seed: 5, device);
        var options = new TrainingOptions { Epochs = 3, BatchSize = 32, Optimizer = new Adam(0.01), ExpandAfter = plan.IsExpanded ? 1 : null };
        Dataset data = DataFor(model.Plan);
        TrainingResult result = new Trainer(options).Fit(model, data, data);
        weights = model.WeightCount;
        return result;
    }

    private static Dataset DataFor(ModelPlan plan) => TrainingData.Directions(200, 8, 3, declared: plan.OutputCount);
}
