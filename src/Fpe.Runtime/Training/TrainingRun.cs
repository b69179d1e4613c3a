using Fpe.Data;
using Fpe.Numerics;

namespace Fpe.Training;

/// <summary>The state of one run: everything a step needs, allocated once. <see cref="Trainer"/> decides what happens when.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly Model model;
    private readonly TrainingOptions options;
    private readonly long seed;
    private readonly DeviceDataset data;
    private readonly Batch batch;
    private readonly BatchTotals totals;
    private readonly GradientClipping? clipping;
    private readonly int[] order;
    private Parameter[] parameters;
    private long step;

    public TrainingRun(Model model, Dataset train, TrainingOptions options)
    {
        this.model = model;
        this.options = options;
        seed = options.Seed ?? model.Seed;

        bool usesTargets = options.Loss.UsesTargets;
        int outputs = model.Plan.OutputCount;
        data = new DeviceDataset(train, model.Device, usesTargets, outputs);
        batch = new Batch(model.Device, options.BatchSize, data.FeatureCount, usesTargets ? outputs : null);
        totals = new BatchTotals(model.Device, options.Loss, StepsPerEpoch);
        clipping = options.MaximumGradientNorm is { } norm ? new GradientClipping(model.Device, norm) : null;
        order = new int[data.Count];
        step = (long)options.StartEpoch * StepsPerEpoch;
        (parameters, OptimizerState) = ([.. model.Parameters], new OptimizerState(options.Optimizer, model));
    }

    /// <summary>Steps of an epoch; the last one takes what is left of the samples.</summary>
    public int StepsPerEpoch => (data.Count + options.BatchSize - 1) / options.BatchSize;

    /// <summary>Learning rate of the last step.</summary>
    public double LearningRate { get; private set; }

    /// <summary>The moments of the model's present parameters.</summary>
    public OptimizerState OptimizerState { get; private set; }

    /// <summary>Expands the model; moments start from zero again.</summary>
    public void Expand()
    {
        model.Expand(options.Expansion);
        OptimizerState.Dispose();
        (parameters, OptimizerState) = ([.. model.Parameters], new OptimizerState(options.Optimizer, model));
    }

    /// <summary>Runs one epoch.</summary>
    /// <param name="epoch">Number of the epoch, from 1.</param>
    /// <param name="cancellation">Ends the epoch after the current step.</param>
    /// <returns>Means over the epoch; null if it was cancelled.</returns>
    /// <exception cref="DivergenceException">The loss of a step is not finite.</exception>
    public Evaluation? RunEpoch(int epoch, CancellationToken cancellation)
    {
        Shuffle(epoch);
        totals.Reset();
        for (int s = 0; s < StepsPerEpoch; s++)
        {
            if (cancellation.IsCancellationRequested)
                return null;
            Step(s);
        }

        Evaluation means = totals.Read(data.Count, options.BatchSize, model.Plan.OutputCount);
        for (int s = 0; s < StepsPerEpoch; s++)
        {
            if (!double.IsFinite(totals.Losses[s]))
                throw new DivergenceException(model.Plan.Name, epoch, s + 1, totals.Losses[s]);
        }

        return means;
    }

    /// <summary>Runs one step of an epoch: forward, loss, backward, update. Allocates nothing.</summary>
    /// <param name="index">Number of the step in the epoch, from 0.</param>
    internal void Step(int index)
    {
        data.Gather(model.Device.Kernels, index * options.BatchSize, batch);
        var pass = new Pass(batch.Count, Training: true, seed, step);
        model.Forward(batch.Inputs, pass);
        totals.Add(index, model.Output, batch, model.OutputGradient);
        model.Backward(batch.Inputs, pass);
        clipping?.Clip(parameters);
        LearningRate = options.Optimizer.LearningRate * options.Schedule.Factor(step, StepsPerEpoch, options.Epochs);
        OptimizerState.Step(LearningRate);
        step++;
    }

    public void Dispose()
    {
        data.Dispose();
        batch.Dispose();
        totals.Dispose();
        clipping?.Dispose();
        OptimizerState.Dispose();
    }

    private void Shuffle(int epoch)
    {
        for (int s = 0; s < order.Length; s++)
            order[s] = s;
        new RandomStream(seed, RandomPurpose.Shuffle, epoch).Shuffle(order.AsSpan());
        data.SetOrder(order);
    }
}
