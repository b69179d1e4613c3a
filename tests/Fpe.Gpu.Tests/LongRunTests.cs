using Fpe.Compute;
using Fpe.Expansion;
using Fpe.Runtime.Tests.Compute;
using Fpe.Runtime.Tests.Layers;
using Fpe.Runtime.Tests.Training;
using Fpe.Training;

namespace Fpe.Gpu.Tests;

/// <summary>The counts of the device must include only this test, so no other runs in parallel.</summary>
[CollectionDefinition(nameof(LongRunTests), DisableParallelization = true)]
[Collection(nameof(LongRunTests))]
public class LongRunTests
{
    private static readonly GpuDevice Gpu = TestedDevices.Gpu;

    /// <summary>Otherwise every step would take at least as long as the way to the device and back.</summary>
    [Fact]
    public void No_step_waits_for_the_device_and_memory_stays_flat()
    {
        using var model = new PlannedModel(Plans.OneHidden(8, 8, 3, new ExpansionPlan(2, Share: 4)), seed: 3, Gpu);
        var options = new TrainingOptions { BatchSize = 16, MaximumGradientNorm = 1, Optimizer = new AdamW(0.01) };
        using var run = new TrainingRun(model, TrainingData.Directions(200, 8, 3, declared: 3), options);
        run.Expand();
        run.Step(0);

        (long copies, long allocated) = (Gpu.HostCopies, Gpu.AllocatedMemory);
        for (int step = 1; step <= 10_000; step++)
            run.Step(step % run.StepsPerEpoch);
        Assert.Equal(copies, Gpu.HostCopies);
        Assert.Equal(allocated, Gpu.AllocatedMemory);
        run.RequireFiniteWeights();
    }

    /// <summary>Small networks are bound by the number of kernels: docs/gpu.md has the first number.</summary>
    [Theory]
    [InlineData(null, 12)]
    [InlineData(0.5, 16)]
    public void A_step_launches_as_few_kernels_as_it_can(double? maximumNorm, long launches)
    {
        using var model = new PlannedModel(Plans.OneHidden(8, 8, 3, new ExpansionPlan(2, Share: 8)), seed: 3, Gpu);
        var options = new TrainingOptions { BatchSize = 16, MaximumGradientNorm = maximumNorm, Optimizer = new Adam(0.01) };
        using var run = new TrainingRun(model, TrainingData.Directions(200, 8, 3, declared: 3), options);
        run.Step(0);
        long before = Gpu.Launches;
        run.Step(1);
        Assert.Equal(launches, Gpu.Launches - before);
    }

    /// <summary>Nine parameters are one more than fit into a kernel.</summary>
    [Theory]
    [InlineData(8, 1)]
    [InlineData(9, 2)]
    public void Optimizers_step_eight_parameters_at_once(int parameters, long launches)
    {
        using var bench = new Workbench(Gpu);
        DeviceBuffer Buffer() => bench.Buffer([1, 2, 3]);
        ParameterUpdate[] all = [.. Enumerable.Range(0, parameters).Select(_ => new ParameterUpdate(Buffer(), Buffer(), [Buffer(), Buffer()], true))];
        long before = Gpu.Launches;
        Gpu.Kernels.AdamSteps(all, new AdamConstants(0.1, 0.9, 0.99, 1e-8, 0, Decoupled: false, Step: 1));
        Assert.Equal(launches, Gpu.Launches - before);
    }
}
