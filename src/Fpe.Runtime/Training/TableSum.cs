using Fpe.Compute;
using Fpe.Distributed;

namespace Fpe.Training;

/// <summary>
/// The sum of the gradient of a table of tokens over all chunks of all ranks. Each chunk has the rows that its samples read; the sum of a row is that
/// of the tree, without the chunks that do not read it.
/// </summary>
internal sealed class TableSum : IDisposable
{
    private readonly Parameter table;
    private readonly int rank;
    private readonly int firstChunk;
    private readonly int[] joinsAfterChunk;
    private readonly int[] joinsAfterNode;
    private readonly RowTree tree;
    private readonly List<RowSums> own = [];
    private readonly RowExchange? exchange;
    private readonly RowGradient ofChunk;
    private readonly RowGradient ofStep;
    private RowSums? leaf;

    /// <summary>Prepares the sum.</summary>
    /// <param name="table">The table, whose buffers for a chunk exist.</param>
    /// <param name="group">The ranks.</param>
    /// <param name="chunks">The tree over chunks.</param>
    /// <param name="batches">The largest number of batches of a step.</param>
    public TableSum(Parameter table, ProcessGroup group, ChunkTree chunks, int batches)
    {
        (this.table, rank) = (table, group.Rank);
        (int vocabulary, int width) = ((int)table.Shape[0], (int)table.Shape[1]);
        (firstChunk, int end) = chunks.RangeOf(rank);
        joinsAfterChunk = ChunkTree.JoinsAfter(Enumerable.Range(firstChunk, end - firstChunk).Select(chunk => new ChunkNode(chunk, 1)));
        joinsAfterNode = ChunkTree.JoinsAfter(Enumerable.Range(0, group.Size).SelectMany(chunks.NodesOf));
        Device device = table.Value.Device;
        var places = new int[vocabulary];
        tree = new RowTree(() => new RowSums(places, width, isSingle: device.ElementType == ElementType.Float32));
        exchange = group.Size == 1 ? null : new RowExchange(group, chunks, device, width);
        ofChunk = new RowGradient(table.GradientRows!, table.Gradient);
        int rows = (int)Math.Min(vocabulary, (long)ofChunk.Rows.Length * chunks.Chunks * batches);
        ofStep = new RowGradient(device.AllocateIndices(rows), device.Allocate(checked(rows * width)));
    }

    /// <summary>Lets the next backward pass write the gradient of a chunk.</summary>
    public void BeginBatch() => table.ExchangeRows(ofChunk.Rows, ofChunk.Gradient);

    /// <summary>Adds what a backward pass has written to the chunk.</summary>
    public void AddBatch()
    {
        leaf ??= tree.Take();
        ofChunk.AddTo(leaf);
    }

    /// <summary>Adds a chunk, all of whose batches were added; without any it has no rows.</summary>
    public void AddChunk(int chunk)
    {
        tree.Push(leaf ?? tree.Take(), joinsAfterChunk[chunk - firstChunk]);
        leaf = null;
    }

    /// <summary>Starts; all chunks of this rank were added.</summary>
    public void Start() => exchange?.Start(tree.Nodes);

    /// <summary>Waits for the rows of all ranks, and makes their sum the gradient of the table.</summary>
    public void Complete()
    {
        if (exchange is not null)
            JoinRanks(exchange);
        ofStep.Write(tree.Nodes[0]);
        tree.Clear();
        table.ExchangeRows(ofStep.Rows, ofStep.Gradient);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        table.ExchangeRows(ofChunk.Rows, ofChunk.Gradient);
        exchange?.Dispose();
        ofStep.Rows.Dispose();
        ofStep.Gradient.Dispose();
    }

    private void JoinRanks(RowExchange exchange)
    {
        exchange.Complete(tree.Nodes);
        own.AddRange(tree.Nodes);
        tree.Release();
        for (int n = 0; n < joinsAfterNode.Length; n++)
        {
            (int sender, int position) = exchange.SenderOf(n);
            RowSums node = sender == rank ? own[position] : tree.Take();
            if (sender != rank)
                exchange.Read(n, node);
            tree.Push(node, joinsAfterNode[n]);
        }

        own.Clear();
    }
}
