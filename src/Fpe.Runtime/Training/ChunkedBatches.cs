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
    private GradientExchange exchange;
    private EdgeGradients? edgeGradients;
    private int chunk;

    /// <summary>Prepares the batches of a model.</summary>
    public ChunkedBatches(Model model, TrainingOptions options, DataParallel settings, DeviceDataset data, Batch batch)
    {
        (this.model, this.options, this.data, this.batch, group) = (model, options, data, batch, settings.Group);
        tree = new ChunkTree(settings.Chunks, group.Size);
        statistics = model.Device.Allocate(StatisticCount);
        afterLayer = layer => exchange!.AddLayer(layer, chunk, IsLast);
        exchange = CreateExchange();
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
        (chunk, int end) = tree.RangeOf(group.Rank);
        for (; chunk < end; chunk++)
        {
            int first = (int)((long)count * chunk / tree.Chunks), last = (int)((long)count * (chunk + 1) / tree.Chunks);
            var pass = step with { Batch = last - first, Step = (step.Step * tree.Chunks) + chunk, KeepsGradients = edgeGradients is not null };
            RunChunk(start + first, pass, buffers, totals, weight, stop);
            edgeGradients?.Add(chunk, buffers, pass.Batch);
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
    public void CompleteStep() => exchange.ExchangeValues();

    /// <summary>Adapts to another structure of the model.</summary>
    public void Restructure()
    {
        exchange.Dispose();
        exchange = CreateExchange();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        exchange.Dispose();
        edgeGradients?.Dispose();
        statistics.Dispose();
    }

    private GradientExchange CreateExchange() => new(model, group, tree, statistics, IsSharded(options));

    private void RunChunk(int start, in Pass pass, PassBuffers buffers, BatchTotals totals, double weight, bool stop)
    {
        IKernels kernels = model.Device.Kernels;
        DeviceBuffer own = exchange.StatisticsOf(chunk);
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

        data.Gather(kernels, start, pass.Batch, batch);
        batch.TotalWeight = weight;
        model.Forward(buffers, pass);
        totals.Compute(buffers.Output, batch, buffers.OutputGradient, own, Loss, Correct);
        exchange.AddStatistics(chunk);
        model.Backward(buffers, pass, afterLayer);
    }
}
