using Fpe.Compute;
using Fpe.Distributed;

namespace Fpe.Training;

/// <summary>
/// Sums the gradients of a model over the chunks of a batch, on all ranks. A long gradient is sent as soon as its layer has computed it, while
/// the layers before it compute theirs; short ones follow together. Each rank adds a segment of a long gradient, and if the optimizer
/// allows it also updates only that segment, after which the ranks exchange weights instead of gradients.
/// </summary>
internal sealed class GradientExchange : IDisposable
{
    /// <summary>Gradients of fewer elements are sent together.</summary>
    private const int LongGradient = 1 << 14;

    private readonly IKernels kernels;
    private readonly (Parameter Parameter, DeviceBuffer Gradient)[][] learned;
    private readonly ChunkSums[][] sums;
    private readonly DeviceBuffer[][] furtherBatches;
    private readonly TableSum[][] tables;
    private readonly StatisticMeans means;
    private readonly TreeSum[] meanSums;
    private readonly LayerChunks[] chunks;
    private readonly ChunkSums statisticsSums;
    private readonly GradientSum[][] direct;
    private readonly PackedSum? packed;
    private readonly Transfer? values;
    private readonly TreeSum? statisticsSum;

    /// <summary>Prepares the exchange for the current structure of a model.</summary>
    /// <param name="model">The model, whose buffers for training exist.</param>
    /// <param name="group">The ranks.</param>
    /// <param name="tree">The tree over chunks.</param>
    /// <param name="statistics">What is summed along with the gradients.</param>
    /// <param name="batches">The largest number of batches of a step.</param>
    /// <param name="isSharded">Whether each rank updates only its segments of long parameters.</param>
    /// <param name="atOnce">How many chunks each layer computes together.</param>
    public GradientExchange(Model model, ProcessGroup group, ChunkTree tree, DeviceBuffer statistics, int batches, bool isSharded, int[] atOnce)
    {
        chunks = [.. model.Layers.Zip(atOnce).Where(own => own.First is Linear).Select(own => new LayerChunks((Linear)own.First, tree, group.Rank, own.Second))];
        kernels = model.Device.Kernels;
        learned = [.. model.Layers.Select(layer => layer.Parameters.Where(parameter => parameter.Role.IsLearned() && parameter.GradientRows is null).Select(parameter => (parameter, parameter.Gradient)).ToArray())];
        furtherBatches = batches == 1 ? [] : [.. learned.Select(layer => Array.ConvertAll(layer, own => model.Device.Allocate(own.Gradient.Length)))];
        tables = [.. model.Layers.Select(layer => layer.Parameters.Where(parameter => parameter.GradientRows is not null).Select(table => new TableSum(table, group, tree, batches)).ToArray())];
        means = new StatisticMeans(model, tree, group.Rank);
        sums = new ChunkSums[model.Layers.Count][];
        direct = new GradientSum[model.Layers.Count][];
        var members = new List<PackedSum.Member>();
        for (int l = 0; l < sums.Length; l++)
        {
            sums[l] = [.. learned[l].Select(own => new ChunkSums(own.Gradient, tree, group.Rank, atOnce[l]))];
            var own = new List<GradientSum>();
            foreach ((ChunkSums sum, (Parameter parameter, _)) in sums[l].Zip(learned[l]))
            {
                if (group.Size == 1 || IsLong(parameter))
                    own.Add(new GradientSum(group, tree, sum.Nodes, parameter, isSharded && IsLong(parameter)));
                else
                    members.Add(new PackedSum.Member(sum.Nodes, parameter.Gradient, PackedSum.Member.ExistingOf(parameter)));
            }

            direct[l] = [.. own];
        }

        statisticsSums = new ChunkSums(statistics, tree, group.Rank);
        if (group.Size == 1)
        {
            statisticsSum = new TreeSum(group, tree, statisticsSums.Nodes, new SegmentedBuffer(statistics, group.Size));
            meanSums = [.. means.Sums.Select(sum => new TreeSum(group, tree, sum.Nodes, new SegmentedBuffer(sum.Mean, group.Size)))];
        }
        else
        {
            meanSums = [];
            members.AddRange(means.Sums.Select(sum => new PackedSum.Member(sum.Nodes, sum.Mean, Existing: null)));
            members.Add(new PackedSum.Member(statisticsSums.Nodes, statistics, Existing: null));
            packed = new PackedSum(group, tree, [.. members]);
            SegmentedBuffer[] sharded = [.. direct.SelectMany(own => own).Select(sum => sum.Values).OfType<SegmentedBuffer>()];
            values = sharded.Length > 0 ? Segments.PrepareGather(group, sharded) : null;
        }
    }

    /// <summary>Returns whether a gradient is sent on its own; if the optimizer is divided among ranks, so is such a parameter.</summary>
    public static bool IsLong(Parameter parameter) => parameter.Role != ParameterRole.Table && parameter.Count >= LongGradient;

    /// <summary>Returns what a chunk writes its statistics to.</summary>
    public DeviceBuffer StatisticsOf(int chunk) => statisticsSums.TargetOf(chunk);

    /// <summary>Begins a step.</summary>
    public void BeginStep() => means.BeginStep();

    /// <summary>Begins a chunk, with the running statistics from before the step.</summary>
    public void BeginChunk() => means.BeginChunk();

    /// <summary>
    /// Lets the backward pass of a batch of a chunk write the gradients where they are added from; that of the first batch of the last chunk writes
    /// those of the model.
    /// </summary>
    public void BeginBatch(int chunk, bool isFirst)
    {
        foreach (LayerChunks own in chunks)
            own.Begin(chunk);
        for (int l = 0; l < learned.Length; l++)
        {
            for (int p = 0; p < learned[l].Length; p++)
                learned[l][p].Parameter.ExchangeGradient(isFirst ? sums[l][p].TargetOf(chunk) : furtherBatches[l][p]);
            foreach (TableSum table in tables[l])
                table.BeginBatch();
        }
    }

    /// <summary>Adds the gradients of a layer by a batch to those of the batches of the chunk before it.</summary>
    public void AddBatch(int layer, int chunk, bool isFirst)
    {
        foreach (TableSum table in tables[layer])
            table.AddBatch();
        for (int p = 0; p < learned[layer].Length && !isFirst; p++)
            kernels.AddScaled(furtherBatches[layer][p], 1, sums[layer][p].TargetOf(chunk));
    }

    /// <summary>Adds the gradients of a layer, and of the last chunk of this rank sends them.</summary>
    public void AddLayer(int layer, int chunk, bool isLast)
    {
        foreach (ChunkSums sum in sums[layer])
            sum.Add(chunk);
        foreach (TableSum table in tables[layer])
            table.AddChunk(chunk);
        if (!isLast)
            return;
        foreach (GradientSum sum in direct[layer])
            sum.Start();
        Advance(layer);
    }

    /// <summary>Adds a chunk without samples, in the order of a backward pass.</summary>
    public void AddEmptyChunk(int chunk, bool isLast)
    {
        for (int l = sums.Length - 1; l >= 0; l--)
        {
            foreach (ChunkSums sum in sums[l])
                kernels.Fill(sum.TargetOf(chunk), 0);
            AddLayer(l, chunk, isLast);
        }
    }

    /// <summary>Adds the statistics of a chunk, after its last forward pass.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="share">Its part of the samples of the step.</param>
    public void AddStatistics(int chunk, double share)
    {
        statisticsSums.Add(chunk);
        means.Add(chunk, share);
    }

    /// <summary>Sends what has not been sent, and waits for all sums, which are then the gradients and running statistics of the model.</summary>
    public void Complete()
    {
        foreach (LayerChunks own in chunks)
            own.End();
        foreach (TableSum[] own in tables)
        {
            foreach (TableSum table in own)
                table.Start();
        }

        packed?.Start();
        statisticsSum?.Start();
        foreach (TreeSum sum in meanSums)
            sum.Start();
        for (int l = direct.Length - 1; l >= 0; l--)
        {
            foreach (GradientSum sum in direct[l])
                sum.Complete();
        }

        foreach (TableSum[] own in tables)
        {
            foreach (TableSum table in own)
                table.Complete();
        }

        packed?.Complete();
        statisticsSum?.Complete();
        foreach (TreeSum sum in meanSums)
            sum.Complete();
        means.Complete();
        RestoreGradients();
    }

    /// <summary>After the step of the optimizer, receives the weights that other ranks have updated.</summary>
    public void ExchangeValues()
    {
        if (values is null)
            return;
        foreach (GradientSum[] own in direct)
        {
            foreach (GradientSum sum in own)
                sum.CloseValues();
        }

        bool isReceived = false;
        try
        {
            values.Start();
            values.Complete();
            isReceived = true;
        }
        finally
        {
            foreach (GradientSum[] own in direct)
            {
                foreach (GradientSum sum in own)
                    sum.OpenValues(isReceived);
            }
        }
    }

    /// <summary>
    /// Lets the sums of the layers from the last one down to the given one continue. Their first transfers start in the same order on all ranks,
    /// and so do their second ones, but how they alternate differs: a second one starts as soon as this rank has added its segment.
    /// </summary>
    private void Advance(int layer)
    {
        for (int l = direct.Length - 1; l >= layer; l--)
        {
            foreach (GradientSum sum in direct[l])
            {
                if (!sum.Advance())
                    return;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (LayerChunks own in chunks)
            own.End();
        RestoreGradients();
        foreach (TableSum table in tables.SelectMany(own => own))
            table.Dispose();
        values?.Dispose();
        foreach (TreeSum sum in meanSums)
            sum.Dispose();
        foreach (GradientSum sum in direct.SelectMany(own => own))
            sum.Dispose();
        packed?.Dispose();
        statisticsSum?.Dispose();
        statisticsSums.Dispose();
        foreach (ChunkSums sum in sums.SelectMany(own => own))
            sum.Dispose();
        foreach (DeviceBuffer buffer in furtherBatches.SelectMany(own => own))
            buffer.Dispose();
        means.Dispose();
    }

    private void RestoreGradients()
    {
        foreach ((Parameter Parameter, DeviceBuffer Gradient)[] layer in learned)
        {
            foreach ((Parameter parameter, DeviceBuffer gradient) in layer)
                parameter.ExchangeGradient(gradient);
        }
    }
}
