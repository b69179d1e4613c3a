using Fpe.Compute;
using Fpe.Data;
using Fpe.Distributed;

namespace Fpe.Training;

/// <summary>The batches of a run with <see cref="DataParallel"/>: computes the chunks of this rank, and sums over the chunks of all ranks.</summary>
internal sealed class ChunkedBatches : IDisposable
{
    // Elements of the statistics.
    private const int Loss = 0, Correct = 1, Stop = 2, StatisticCount = 3;

    private readonly Model model;
    private readonly TrainingOptions options;
    private readonly DeviceDataset data;
    private readonly Batch batch;
    private readonly ProcessGroup group;
    private readonly ChunkTree tree;
    private readonly DeviceBuffer statistics;
    private readonly double[] statisticValues = new double[StatisticCount];
    private readonly Action<int> afterLayer;
    private readonly Func<Batch> createBatch;
    private readonly List<(Batch Batch, PassBuffers Buffers)> others = [];

    // By the number of samples of a batch. The last batch of an epoch may be too small to compute its chunks together.
    private readonly Dictionary<int, GradientExchange> exchanges = [];
    private int[] places = [];
    private GradientExchange? exchange;
    private EdgeGradients? edgeGradients;
    private int chunk;

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
        statistics = model.Device.Allocate(StatisticCount);
        afterLayer = layer => exchange!.AddLayer(layer, chunk, IsLast);
        Allocate();
    }

    /// <summary>Whether a rank was asked to end before the last batch; the same on all ranks.</summary>
    public bool IsStopAgreed { get; private set; }

    /// <summary>Whether each rank updates only its segments of long parameters. Clipping needs whole gradients.</summary>
    public static bool IsSharded(TrainingOptions options) =>
        options.DataParallel is { Group.Size: > 1 } && options.MaximumGradientNorm is null && options.Optimizer.UpdatesTogether;

    /// <summary>Returns the largest number of samples of a chunk.</summary>
    public static int ChunkSizeOf(TrainingOptions options) =>
        options.DataParallel is { } parallel ? ((options.BatchSize - 1) / parallel.Chunks) + 1 : options.BatchSize;

    private bool IsLast => chunk == tree.RangeOf(group.Rank).End - 1;

    /// <summary>Computes the gradients of a batch; the loss and the number of correct answers go to the totals.</summary>
    /// <param name="number">The number of the batch in its epoch.</param>
    /// <param name="step">The seed and the number of the step.</param>
    /// <param name="buffers">The buffers of a chunk.</param>
    /// <param name="totals">The totals of the epoch.</param>
    /// <param name="layers">The layers of which the gradients by all possible edges are needed.</param>
    /// <param name="stop">Whether this rank was asked to end.</param>
    public void Run(int number, Pass step, PassBuffers buffers, BatchTotals totals, IEnumerable<EdgeLayer>? layers, bool stop)
    {
        edgeGradients?.Dispose();
        edgeGradients = layers is null ? null : new EdgeGradients(model, layers, tree, group.Rank);
        int start = number * options.BatchSize, count = Math.Min(options.BatchSize, data.Count - start);
        double weight = data.TotalWeight(start, count);
        exchange = exchanges[count];
        (chunk, int end) = tree.RangeOf(group.Rank);
        for (; chunk < end; chunk++)
        {
            int first = (int)((long)count * chunk / tree.Chunks), last = (int)((long)count * (chunk + 1) / tree.Chunks);
            var pass = step with { Batch = last - first, Step = (step.Step * tree.Chunks) + chunk, KeepsGradients = edgeGradients is not null };
            int place = places[chunk - tree.RangeOf(group.Rank).First];
            (Batch samples, PassBuffers passBuffers) = place < others.Count ? others[place] : (batch, buffers);
            RunChunk(start + first, pass, samples, passBuffers, totals, weight, stop);
            edgeGradients?.Add(chunk, passBuffers, pass.Batch);
        }

        exchange.Complete();
        edgeGradients?.Complete(group, tree);
        statistics.Read(statisticValues);
        totals.Add(number, statisticValues[Loss], statisticValues[Correct]);
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

    /// <summary>Allocates what depends on the structure of the model, for all sizes of batches.</summary>
    private void Allocate()
    {
        var made = new List<(int[] AtOnce, GradientExchange Exchange)>();
        int rest = data.Count % options.BatchSize;
        foreach (int count in rest == 0 ? [options.BatchSize] : (int[])[Math.Min(options.BatchSize, data.Count), rest])
        {
            int[] atOnce = AtOnceOf(count);
            if (!made.Exists(own => own.AtOnce.AsSpan().SequenceEqual(atOnce)))
                made.Add((atOnce, new GradientExchange(model, group, tree, statistics, IsSharded(options), atOnce)));
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

    /// <summary>Returns how many chunks of a batch each layer computes together.</summary>
    private int[] AtOnceOf(int count)
    {
        int fewest = count / tree.Chunks, most = (count + tree.Chunks - 1) / tree.Chunks;
        return [.. model.Layers.Select(layer => layer is Linear linear ? linear.ChunksAtOnce(fewest, most) : 1)];
    }

    private void RunChunk(int start, in Pass pass, Batch samples, PassBuffers buffers, BatchTotals totals, double weight, bool stop)
    {
        IKernels kernels = model.Device.Kernels;
        DeviceBuffer own = exchange!.StatisticsOf(chunk);
        kernels.Fill(own, 0);
        if (stop)
            own.Write([1f], Stop);
        exchange.BeginChunk(chunk);
        if (pass.Batch == 0)
        {
            foreach (Parameter parameter in model.Parameters)
            {
                if (parameter.Role.IsLearned())
                    kernels.Fill(parameter.Gradient, 0);
            }

            exchange.AddStatistics(chunk);
            exchange.AddLayers(chunk, IsLast);
            return;
        }

        data.Gather(kernels, start, pass.Batch, samples);
        samples.TotalWeight = weight;
        model.Forward(buffers, pass);
        totals.Compute(buffers.Output, samples, buffers.OutputGradient, own, Loss, Correct);
        exchange.AddStatistics(chunk);
        model.Backward(buffers, pass, afterLayer);
    }
}
