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
}
