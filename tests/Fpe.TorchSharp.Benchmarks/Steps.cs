using System.Diagnostics;
using Fpe.Compute;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Numerics;
using Fpe.Training;

namespace Fpe.Torch.Benchmarks;

/// <summary>Training steps of one model on one device, with Adam and random data.</summary>
internal sealed class Steps : IDisposable
{
    private const int Classes = 10, Batches = 4;

    private readonly PlannedModel model;
    private readonly TrainingRun run;
    private int next;

    public Steps(Device device, int inputs, int hidden, int batch, ExpansionPlan expansion)
    {
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

    /// <summary>Runs steps, and waits for the device.</summary>
    /// <returns>Microseconds a step: of processor time, which other programs do not lengthen, or on a GPU as the clock has it.</returns>
    public double Run(int steps)
    {
        TimeSpan before = Now();
        for (int s = 0; s < steps; s++)
            run.Step(next++ % Batches);
        Span<double> bias = stackalloc double[Classes];
        model.Parameters.Last().Value.Read(bias);
        return (Now() - before).TotalMicroseconds / steps;
    }

    private TimeSpan Now() =>
        model.Device.Name.StartsWith("torch-cuda", StringComparison.Ordinal) ? Stopwatch.GetElapsedTime(0) : Environment.CpuUsage.TotalTime;

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
