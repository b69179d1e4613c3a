using System.Diagnostics;
using Fpe.Compute;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Numerics;
using Fpe.Training;

namespace Fpe.Gpu.Benchmarks;

/// <summary>Training steps of a network width → width → 10 on a device, with Adam and random data.</summary>
internal sealed class Steps : ISteps
{
    private const int Classes = 10, Batches = 4;

    private readonly PlannedModel model;
    private readonly TrainingRun run;
    private int next;

    public Steps(string name, Device device, int inputs, int hidden, int batch, ExpansionPlan expansion)
    {
        Name = name;
        var plan = new ModelPlan("Net", inputs,
        [
            new LinearPlan("Hidden", inputs, hidden, ActivationFunction.Relu) { Expansion = expansion },
            new LinearPlan("Logits", hidden, Classes),
        ]);
        model = new PlannedModel(plan, seed: 1, device);
        run = new TrainingRun(model, RandomData(inputs, batch * Batches), new TrainingOptions { BatchSize = batch, Optimizer = new Adam(1e-3) });
        if (plan.IsExpanded)
            run.Expand();
    }

    public string Name { get; }

    public double Run(int steps)
    {
        long start = Stopwatch.GetTimestamp();
        for (int s = 0; s < steps; s++)
            run.Step(next++ % Batches);

        // Reading waits for the device.
        Span<double> bias = stackalloc double[Classes];
        model.Parameters.Last().Value.Read(bias);
        return Stopwatch.GetElapsedTime(start).TotalSeconds / steps;
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
