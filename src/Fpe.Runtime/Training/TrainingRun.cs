using Fpe.Checkpoints;
using Fpe.Data;
using Fpe.Distributed;
using Fpe.Numerics;

namespace Fpe.Training;

/// <summary>The state of a run: everything a step needs, allocated once. <see cref="TrainingSession"/> controls the sequence.</summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly Model model;
    private readonly TrainingOptions options;
    private readonly long seed;
    private readonly DeviceDataset data;
    private readonly Batch batch;
    private readonly BatchTotals totals;
    private readonly GradientClipping? clipping;
    private readonly ProcessGroup group;
    private readonly ChunkedBatches? chunks;
    private readonly int[] order;
    private Parameter[] parameters;
    private PassBuffers buffers;
    private GradientSums? sums;
    private EdgeLearner? learner;
    private long step;

    public TrainingRun(Model model, Dataset train, TrainingOptions options, LossWeighting? weighting = null)
    {
        this.model = model;
        this.options = options;
        seed = options.Seed ?? model.Seed;

        bool usesTargets = options.Loss.UsesTargets;
        int outputs = model.Plan.OutputCount;
        group = options.DataParallel?.Group ?? ProcessGroup.Single;
        SampleWeights? weights = (weighting ?? LossWeighting.None).For(train, options.Loss, outputs, isNeeded: options.DataParallel is not null);
        data = new DeviceDataset(train, model.Device, usesTargets, outputs, weights);
        Batch CreateBatch() => new(model.Device, ChunkedBatches.ChunkSizeOf(options, model.Plan), data.FeatureCount, usesTargets ? outputs : null, weights);
        batch = CreateBatch();
        StepsPerEpoch = StepsOf(train, options);
        totals = new BatchTotals(model.Device, options.Loss, BatchesOf(train, options));
        clipping = options.MaximumGradientNorm is { } norm ? new GradientClipping(model.Device, norm) : null;
        order = new int[data.Count];
        Epoch = options.StartEpoch;
        step = (long)Epoch * StepsPerEpoch;
        (parameters, OptimizerState, buffers, sums) = Allocate();
        chunks = options.DataParallel is { } parallel ? new ChunkedBatches(model, options, parallel, data, batch, CreateBatch) : null;
        learner = model.IsExpanded ? CreateLearner() : null;
    }

    /// <summary>The factor of the learning rate that follows from the finished epochs.</summary>
    public double RateFactor { get; set; } = 1;

    /// <summary>The number of steps per epoch; the last one takes the remaining samples.</summary>
    public int StepsPerEpoch { get; }

    /// <summary>The number of finished epochs.</summary>
    public int Epoch { get; private set; }

    /// <summary>The number of finished steps of the next epoch.</summary>
    public int StepInEpoch { get; private set; }

    /// <summary>The number of finished steps, including those before the start epoch.</summary>
    public long StepCount => step;

    /// <summary>The learning rate of the last step.</summary>
    public double LearningRate { get; private set; }

    /// <summary>The moments of the model's current parameters.</summary>
    public OptimizerState OptimizerState { get; private set; }

    /// <summary>Returns the number of batches per epoch for a data set.</summary>
    public static int BatchesOf(Dataset train, TrainingOptions options) => ((train.Count - 1) / options.BatchSize) + 1;

    /// <summary>Returns the number of steps per epoch for a data set.</summary>
    public static int StepsOf(Dataset train, TrainingOptions options) => ((BatchesOf(train, options) - 1) / options.BatchesPerStep) + 1;

    /// <summary>Whether the model has its final edges.</summary>
    public bool HasFinalEdges => learner is null || step >= learner.Steps.End;

    /// <summary>Expands the model and resets the moments to zero.</summary>
    public void Expand()
    {
        if (options.EdgeLearningOf(model.Plan) is { } learning)
            model.ExpandToLearn(learning.Expand);
        else
            model.ExpandAlone(options.Expansion);
        OptimizerState.Dispose();
        buffers.Dispose();
        sums?.Dispose();
        (parameters, OptimizerState, buffers, sums) = Allocate();
        chunks?.Restructure();
        learner = CreateLearner();
    }

    /// <summary>Runs the rest of the next epoch.</summary>
    /// <param name="afterStep">Called after every step except the last; null for none.</param>
    /// <param name="cancellation">Ends the epoch after the current step.</param>
    /// <returns>The means over the epoch; null if it was cancelled.</returns>
    /// <exception cref="DivergenceException">The loss of a step is not finite.</exception>
    public Evaluation? RunEpoch(Action? afterStep, CancellationToken cancellation)
    {
        Shuffle(Epoch + 1);
        if (StepInEpoch == 0)
            totals.Reset();
        while (StepInEpoch < StepsPerEpoch)
        {
            if (chunks?.IsStopAgreed ?? cancellation.IsCancellationRequested)
                return null;
            Step(StepInEpoch++, cancellation);
            if (StepInEpoch < StepsPerEpoch)
                afterStep?.Invoke();
        }

        Evaluation means = totals.Read(data, options.BatchSize, model.Plan.OutputCount);
        RequireFinite(totals.Losses);
        (Epoch, StepInEpoch) = (Epoch + 1, 0);
        return means;
    }

    /// <summary>The loss of each batch of the last finished epoch.</summary>
    internal ReadOnlySpan<double> LastLosses => totals.Losses;

    /// <summary>Returns the losses of the batches of the finished steps of the current epoch.</summary>
    /// <exception cref="DivergenceException">A loss is not finite.</exception>
    public double[] LossesOfEpoch()
    {
        double[] losses = totals.ReadLosses(StepInEpoch * options.BatchesPerStep);
        RequireFinite(losses);
        return losses;
    }

    /// <summary>Returns the number of correct answers in the finished steps of the current epoch.</summary>
    public double CorrectInEpoch() => StepInEpoch == 0 ? 0 : totals.ReadCorrect();

    /// <summary>Checks that the model can be saved.</summary>
    /// <exception cref="DivergenceException">A loss of the current epoch, or a weight, is not finite.</exception>
    public void RequireFiniteWeights()
    {
        LossesOfEpoch();
        if (FiniteCheck.Find(model) is { } found)
            throw new DivergenceException(model.Plan.Name, StepInEpoch == 0 ? Epoch : Epoch + 1, StepInEpoch == 0 ? StepsPerEpoch : StepInEpoch, found);
    }

    /// <summary>Resumes from a checkpoint; the model already has its structure and weights.</summary>
    public void Resume(SavedTraining saved)
    {
        foreach ((Parameter parameter, double[] values) in parameters.Zip(saved.Last ?? []))
            ParameterValues.Write(parameter, values, parameter.Value);
        TrainingProgress progress = saved.Progress;
        (Epoch, StepInEpoch, LearningRate) = (progress.Epoch, progress.StepInEpoch, progress.LearningRate);
        step = ((long)Epoch * StepsPerEpoch) + StepInEpoch;
        totals.Resume(saved.Losses, progress.CorrectAnswers);
        OptimizerState.Resume(saved.Moments, progress.OptimizerSteps);
    }

    /// <summary>Runs one step of an epoch: forward, loss, backward, update. It allocates no memory unless edges change, or several ranks send rows of tables.</summary>
    /// <param name="index">The zero-based number of the step in the epoch.</param>
    /// <param name="cancellation">With several ranks, tells the others that this one is to end after the step.</param>
    internal void Step(int index, CancellationToken cancellation = default)
    {
        int first = index * options.BatchesPerStep, end = Math.Min(first + options.BatchesPerStep, totals.Count);
        bool changesEdges = learner?.Steps.IsChange(step + 1) == true;
        bool needsGradients = changesEdges && learner!.NeedsGradients;
        if (chunks is null)
        {
            for (int b = first; b < end; b++)
                RunBatch(b, first, end, keepsGradients: needsGradients && b == end - 1);
        }
        else
        {
            bool stop = cancellation.IsCancellationRequested || group.IsStopRequested;
            chunks.Run(first, end, new Pass(Batch: 0, Training: true, seed, step), buffers, totals, needsGradients ? learner!.Incomplete : null, stop);
        }

        clipping?.Clip(parameters);
        LearningRate = options.Optimizer.LearningRate * options.Schedule.Factor(step, StepsPerEpoch, options.Epochs) * RateFactor;
        OptimizerState.Step(LearningRate);
        chunks?.CompleteStep();
        step++;
        if (changesEdges)
        {
            OptimizerState.Complete();
            learner!.Change(step, GradientOfAllEdges, OptimizerState);
            parameters = [.. model.Parameters];
            sums?.Dispose();
            sums = CreateSums();
            chunks?.Restructure();
        }
    }

    public void Dispose()
    {
        data.Dispose();
        batch.Dispose();
        totals.Dispose();
        clipping?.Dispose();
        OptimizerState.Dispose();
        buffers.Dispose();
        sums?.Dispose();
        chunks?.Dispose();
    }

    private double[] GradientOfAllEdges(EdgeLayer layer)
    {
        if (chunks is not null)
            return chunks.GradientOfAllEdges(layer);
        int position = model.Layers.Index().First(at => ReferenceEquals(at.Item, layer)).Index;
        return layer.GradientOfAllEdges(buffers.InputsOf(position)[0], buffers[position], batch.Count);
    }

    /// <summary>Computes the gradients of a batch; after the last of a step, those of the step.</summary>
    private void RunBatch(int number, int first, int end, bool keepsGradients)
    {
        data.Gather(model.Device.Kernels, number * options.BatchSize, batch);
        var pass = new Pass(batch.Count, Training: true, seed, (step * options.BatchesPerStep) + number - first, keepsGradients);
        model.Forward(buffers, pass);
        totals.Add(number, buffers.Output, batch, buffers.OutputGradient);
        model.Backward(buffers, pass);
        if (end - first == 1)
            return;

        int start = first * options.BatchSize;
        double all = data.TotalWeight(start, (int)Math.Min((long)end * options.BatchSize, data.Count) - start);
        sums!.Add(all > 0 ? batch.TotalWeight / all : 0, isFirst: number == first);
        if (number == end - 1)
            sums.WriteGradients();
    }

    /// <summary>Allocates everything that depends on the current structure of the model.</summary>
    private (Parameter[] Parameters, OptimizerState State, PassBuffers Buffers, GradientSums? Sums) Allocate() =>
        ([.. model.Parameters], new OptimizerState(options.Optimizer, model, ChunkedBatches.IsSharded(options) ? group : null), new PassBuffers(model, batch.Inputs, training: true), CreateSums());

    private GradientSums? CreateSums() => options is { BatchesPerStep: > 1, DataParallel: null } ? new GradientSums(model, options.BatchesPerStep) : null;

    private EdgeLearner? CreateLearner() =>
        options.EdgeLearningOf(model.Plan) is { } learning ? learning.CreateLearner(model, LearningSteps.Of(learning, options, StepsPerEpoch), seed) : null;

    private void RequireFinite(ReadOnlySpan<double> losses)
    {
        for (int s = 0; s < losses.Length; s++)
        {
            if (!double.IsFinite(losses[s]))
                throw new DivergenceException(model.Plan.Name, Epoch + 1, (s / options.BatchesPerStep) + 1, losses[s]);
        }
    }

    private void Shuffle(int epoch)
    {
        for (int s = 0; s < order.Length; s++)
            order[s] = s;
        new RandomStream(seed, RandomPurpose.Shuffle, epoch).Shuffle(order.AsSpan());
        data.SetOrder(order);
    }
}
