using Fpe.Compute;
using Fpe.Data;
using Fpe.Numerics;
using Fpe.Training;

namespace Fpe.Benchmarks.Workloads;

/// <summary>
/// Whole training steps of a network with one hidden layer and ten classes, pruned to the dense parent's number of weights:
/// batch gathered, forward, loss, backward, Adam.
/// </summary>
internal sealed class StepWorkload : IDisposable
{
    private const int Classes = 10;
    private const int Batches = 4;

    private readonly PlannedModel model;
    private readonly TrainingRun run;
    private int index;

    /// <summary>Creates the network, and expands it unless the wiring is the dense parent's.</summary>
    /// <param name="shape">The hidden layer and the batch.</param>
    /// <param name="wiring">The edges.</param>
    /// <param name="device">The device; null for the default.</param>
    /// <param name="parallel">How batches are divided among ranks; null for whole batches in this process.</param>
    public StepWorkload(WorkloadShape shape, Wiring wiring, Device? device = null, DataParallel? parallel = null)
    {
        model = OneHidden.Create(shape.Inputs, shape.Parents, Classes, wiring.PlanOf(shape), device: device);
        if (!wiring.IsDense)
            model.Expand(wiring.Method);

        var random = new RandomStream(0, RandomPurpose.Synthesis);
        int samples = Batches * shape.Batch;
        float[] features = [.. Enumerable.Range(0, samples * shape.Inputs).Select(_ => random.NextSingle())];
        int[] labels = [.. Enumerable.Range(0, samples).Select(_ => random.NextInt32(Classes))];
        var data = Dataset.OfClasses("random", shape.Inputs, features, labels, Classes);
        run = new TrainingRun(model, data, new TrainingOptions { BatchSize = shape.Batch, Optimizer = new Adam(1e-8), DataParallel = parallel });
    }

    /// <summary>One step.</summary>
    public void Step()
    {
        run.Step(index);
        index = (index + 1) % Batches;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        run.Dispose();
        model.Dispose();
    }
}
