using Fpe.Compute;
using Fpe.Data;
using Fpe.Distributed;

namespace Fpe.Training;

/// <summary>The batches of a run with <see cref="DataParallel"/>: computes the chunks of this rank, and sums over the chunks of all ranks.</summary>
internal sealed class ChunkedBatches : IDisposable
{
    // Elements of the statistics: whether a rank is to end, and then the loss and the number of correct answers of each batch.
    private const int Stop = 0, FirstOfBatches = 1, CountOfBatch = 2;

    private readonly Model model;
    private readonly TrainingOptions options;
    private readonly DeviceDataset data;
    private readonly Batch batch;
    private readonly ProcessGroup group;
    private readonly ChunkTree tree;
    private readonly BatchDivision division;
    private readonly DeviceBuffer statistics;
    private readonly double[] statisticValues;
    private readonly Action<int> afterLayer;
    private readonly Func<Batch> createBatch;
    private readonly List<(Batch Batch, PassBuffers Buffers)> others = [];

    // By the number of samples of a batch. The last batch of an epoch may be too small to compute its chunks together.
    private readonly Dictionary<int, GradientExchange> exchanges = [];
    private int[] places = [];
    private GradientExchange? exchange;
    private EdgeGradients? edgeGradients;
    private int chunk;
    private bool isFirstOfChunk;
    private bool isLastOfChunk;

    /// <summary>Prepares the batches of a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">The options of the run.</param>
    /// <param name="settings">The ranks and the number of chunks.</param>
    /// <param name="data">The samples.</param>
    /// <param name="batch">Receives a chunk, together with the buffers that <see cref="Run"/> is given.</param>
    /// <param name="createBatch">Makes another batch of the same kind, for chunks that are computed together.</param>
    public ChunkedBatches(Model model, TrainingOptions options, DataParallel settings, DeviceDataset data, Batch batch, Func<Batch> createBatch)
    {
        this.createBatch = createBatch;
        (this.model, this.options, this.data, this.batch, group) = (model, options, data, batch, settings.Group);
        tree = new ChunkTree(settings.Chunks, group.Size);
        division = DivisionOf(settings, model.Plan);
        statisticValues = new double[FirstOfBatches + (CountOfBatch * options.BatchesPerStep)];
        statistics = model.Device.Allocate(statisticValues.Length);
        afterLayer = AddLayer;
        Allocate();
    }

    /// <summary>Whether a rank was asked to end before the last batch; the same on all ranks.</summary>
    public bool IsStopAgreed { get; private set; }

    /// <summary>Whether each rank updates only its segments of long parameters. Clipping needs whole gradients.</summary>
    public static bool IsSharded(TrainingOptions options) =>
        options.DataParallel is { Group.Size: > 1 } && options.MaximumGradientNorm is null && options.Optimizer.UpdatesTogether;

    /// <summary>Returns the largest number of samples of a chunk.</summary>
    public static int ChunkSizeOf(TrainingOptions options, ModelPlan plan) =>
        options.DataParallel is { } parallel ? DivisionOf(parallel, plan).LargestOf(options.BatchSize) : options.BatchSize;

    private bool IsLast => chunk == tree.RangeOf(group.Rank).End - 1;

    /// <summary>Computes the gradients of a step; the losses and the numbers of correct answers of its batches go to the totals.</summary>
    /// <param name="first">The number of the first batch in the epoch.</param>
    /// <param name="end">The number of the batch after the last one.</param>
    /// <param name="step">The seed and the number of the step.</param>
    /// <param name="buffers">The buffers of a chunk.</param>
    /// <param name="totals">The totals of the epoch.</param>
    /// <param name="layers">The layers of which the gradients by all possible edges are needed, those of the last batch.</param>
    /// <param name="stop">Whether this rank was asked to end.</param>
    public void Run(int first, int end, Pass step, PassBuffers buffers, BatchTotals totals, IEnumerable<EdgeLayer>? layers, bool stop)
    {
        edgeGradients?.Dispose();
        edgeGradients = layers is null ? null : new EdgeGradients(model, layers, tree, group.Rank);
        double weight = data.TotalWeight(first * options.BatchSize, SamplesOf(first, end));
        exchange = exchanges[SamplesOf(first, first + 1)];
        exchange.BeginStep();
        (int firstOfRank, int endOfRank) = tree.RangeOf(group.Rank);
        for (chunk = firstOfRank; chunk < endOfRank; chunk++)
        {
            int place = places[chunk - firstOfRank];
            (Batch samples, PassBuffers passBuffers) = place < others.Count ? others[place] : (batch, buffers);
            RunChunk(first, end, step with { KeepsGradients = edgeGradients is not null }, samples, passBuffers, totals, weight, stop);
            edgeGradients?.Add(chunk, passBuffers, PartOf(end - 1).Count);
        }

        exchange.Complete();
        edgeGradients?.Complete(group, tree);
        statistics.Read(statisticValues);
        for (int b = first; b < end; b++)
        {
            // The sum of a batch's losses was divided by the weights of the step.
            double ofBatch = data.TotalWeight(b * options.BatchSize, SamplesOf(b, b + 1));
            totals.Add(b, statisticValues[LossOf(b - first)] * (ofBatch > 0 ? weight / ofBatch : 1), statisticValues[CorrectOf(b - first)]);
        }

        IsStopAgreed = statisticValues[Stop] > 0;
    }

    /// <summary>Returns the gradient of the last batch by the weights of all possible edges of a layer.</summary>
    public double[] GradientOfAllEdges(EdgeLayer layer) => edgeGradients!.Of(layer);

    /// <summary>Completes a step after the optimizer.</summary>
    public void CompleteStep() => exchange!.ExchangeValues();

    /// <summary>Adapts to another structure of the model.</summary>
    public void Restructure()
    {
        Free();
        Allocate();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        edgeGradients?.Dispose();
        statistics.Dispose();
    }

    private static int LossOf(int batch) => FirstOfBatches + (CountOfBatch * batch);

    private static int CorrectOf(int batch) => LossOf(batch) + 1;

    // A single value has no variance.
    private static BatchDivision DivisionOf(DataParallel settings, ModelPlan plan) =>
        new(settings.Chunks, fewest: plan.Layers.Any(layer => layer is BatchNormPlan { Places: 1 }) ? 2 : 1);

    /// <summary>Allocates what depends on the structure of the model, for all sizes of batches.</summary>
    private void Allocate()
    {
        var made = new List<(int[] AtOnce, GradientExchange Exchange)>();
        int rest = data.Count % options.BatchSize;
        foreach (int count in rest == 0 ? [options.BatchSize] : (int[])[Math.Min(options.BatchSize, data.Count), rest])
        {
            int[] atOnce = AtOnceOf(count);
            if (!made.Exists(own => own.AtOnce.AsSpan().SequenceEqual(atOnce)))
                made.Add((atOnce, new GradientExchange(model, group, tree, statistics, options.BatchesPerStep, IsSharded(options), atOnce)));
            exchanges[count] = made.Find(own => own.AtOnce.AsSpan().SequenceEqual(atOnce)).Exchange;
        }

        IReadOnlyList<ChunkNode> leaves = tree.LeavesOf(group.Rank, made.Max(own => own.AtOnce.Max()));
        places = [.. leaves.SelectMany(leaf => Enumerable.Range(0, leaf.Count))];
        while (others.Count < places.Max())
        {
            Batch own = createBatch();
            others.Add((own, new PassBuffers(model, own.Inputs, training: true)));
        }
    }

    private void Free()
    {
        foreach (GradientExchange own in exchanges.Values.Distinct())
            own.Dispose();
        foreach ((Batch own, PassBuffers buffers) in others)
        {
            buffers.Dispose();
            own.Dispose();
        }

        exchanges.Clear();
        others.Clear();
    }

    /// <summary>
    /// Returns how many chunks of a batch each layer computes together; of several batches a step each chunk adds its own. A smaller batch has no
    /// more of them together than a full one, since each has room for the chunk of a full one.
    /// </summary>
    private int[] AtOnceOf(int count)
    {
        int fewest = Enumerable.Range(0, tree.Chunks).Min(part => division.Of(count, part).Count);
        bool isOneByOne = options.BatchesPerStep > 1 || fewest == 0;
        return [.. model.Layers.Select(layer => layer is Linear linear && !isOneByOne ? linear.ChunksAtOnce(fewest, division.LargestOf(options.BatchSize)) : 1)];
    }

    /// <summary>Returns the number of samples of consecutive batches.</summary>
    private int SamplesOf(int first, int end) => (int)Math.Min((long)end * options.BatchSize, data.Count) - (first * options.BatchSize);

    /// <summary>Returns the samples of a batch that belong to the chunk.</summary>
    private (int First, int Count) PartOf(int number)
    {
        (int first, int count) = division.Of(SamplesOf(number, number + 1), chunk);
        return ((number * options.BatchSize) + first, count);
    }

    private void AddLayer(int layer)
    {
        exchange!.AddBatch(layer, chunk, isFirstOfChunk);
        if (isLastOfChunk)
            exchange.AddLayer(layer, chunk, IsLast);
    }

    private void RunChunk(int first, int end, in Pass step, Batch batch, PassBuffers buffers, BatchTotals totals, double weight, bool stop)
    {
        IKernels kernels = model.Device.Kernels;
        DeviceBuffer own = exchange!.StatisticsOf(chunk);
        kernels.Fill(own, 0);
        if (stop)
            own.Write([1f], Stop);
        exchange.BeginChunk();
        int last = end - 1, samples = 0;
        while (last >= first && PartOf(last).Count == 0)
            last--;
        for (int b = first; b <= last; b++)
        {
            (int start, int count) = PartOf(b);
            if (count == 0)
                continue;
            (isFirstOfChunk, isLastOfChunk) = (samples == 0, b == last);
            samples += count;
            data.Gather(kernels, start, count, batch);
            batch.TotalWeight = weight;
            long number = (step.Step * options.BatchesPerStep) + b - first;
            Pass pass = step with { Batch = count, Step = (number * tree.Chunks) + chunk, KeepsGradients = step.KeepsGradients && b == end - 1 };
            exchange.BeginBatch(chunk, isFirstOfChunk);
            model.Forward(buffers, pass);
            totals.Compute(buffers.Output, batch, buffers.OutputGradient, own, LossOf(b - first), CorrectOf(b - first));
            if (isLastOfChunk)
                exchange.AddStatistics(chunk, (double)samples / SamplesOf(first, end));
            model.Backward(buffers, pass, afterLayer);
        }

        if (samples > 0)
            return;
        exchange.AddStatistics(chunk, share: 0);
        exchange.AddEmptyChunk(chunk, IsLast);
    }
}
