using System.Diagnostics;
using Fpe.Compute;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Numerics;
using Fpe.Training;

namespace Fpe.Gpu.Benchmarks;

/// <summary>Training of a network inputs → hidden → 10 on a device, with Adam and random data.</summary>
internal sealed class Ours : IWork
{
    private const int Classes = 10, Batches = 4;

    private readonly PlannedModel model;
    private readonly TrainingRun run;
    private readonly bool isEpochs;
    private int next;

    public Ours(string name, Device device, Case what, ExpansionPlan expansion)
    {
        Name = name;
        isEpochs = what.Samples > 0;
        var plan = new ModelPlan("Net", what.Inputs,
        [
            new LinearPlan("Hidden", what.Inputs, what.Hidden, ActivationFunction.Relu) { Expansion = expansion },
            new LinearPlan("Logits", what.Hidden, Classes),
        ]);
        model = new PlannedModel(plan, seed: 1, device);
        Dataset data = RandomData(what.Inputs, isEpochs ? what.Samples : what.Batch * Batches);
        run = new TrainingRun(model, data, new TrainingOptions { BatchSize = what.Batch, Optimizer = new Adam(1e-3) });
        if (plan.IsExpanded)
            run.Expand();
    }

    public string Name { get; }

    public double Run(int count)
    {
        long start = Stopwatch.GetTimestamp();
        for (int c = 0; c < count; c++)
        {
            if (isEpochs)
                run.RunEpoch(afterStep: null, CancellationToken.None);
            else
                run.Step(next++ % Batches);
        }

        // Reading waits for the device.
        Span<double> bias = stackalloc double[Classes];
        model.Parameters.Last().Value.Read(bias);
        return Stopwatch.GetElapsedTime(start).TotalSeconds / count;
    }

    public void Dispose()
    {
        run.Dispose();
        model.Dispose();
    }

    private static Dataset RandomData(int features, int samples)
    {
        var random = new RandomStream(1, RandomPurpose.Synthesis);
        var values = new float[samples * features];
        foreach (ref float value in values.AsSpan())
            value = random.NextSingle();
        return Dataset.OfClasses("random", features, values, [.. Enumerable.Range(0, samples).Select(s => s % Classes)], Classes);
    }
}
