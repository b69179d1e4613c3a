using Fpe.Compute;
using static TorchSharp.torch;

namespace Fpe.Torch.Compute;

/// <summary>
/// Batched products of blocks of equal shape, whose inputs are gathered first. Weights are stored shape by shape, block by block and row by
/// row.
/// </summary>
internal sealed class BlockProduct : EdgeProduct
{
    /// <summary>
    /// Number of inputs that are gathered at once on the CPU: with a batch of 256 they take 2 MB, which the cache and malloc retain. A GPU
    /// has a memory pool, and is fastest with few large kernels.
    /// </summary>
    private const int GatherOnCpu = 2048;

    private readonly List<BlockBatch> batches = [];

    public BlockProduct(TorchDevice device, EdgeLayout layout)
    {
        int element = 0;
        foreach (IGrouping<(int Rows, int Columns), int> shape in ByShape(layout))
        {
            (int rows, int columns) = shape.Key;
            int atOnce = device.IsCpu ? Math.Max(1, GatherOnCpu / columns) : int.MaxValue;
            foreach (int[] blocks in shape.Chunk(Math.Min(atOnce, layout.BlockCount)))
            {
                batches.Add(new BlockBatch(device, layout, blocks, rows, columns, element));
                element += blocks.Length * rows * columns;
            }
        }
    }

    public override void AddForward(Tensor weights, Tensor x, Tensor sums)
    {
        foreach (BlockBatch batch in batches)
            batch.AddForward(weights, x, sums);
    }

    public override void InputGradient(Tensor weights, Tensor dz, Tensor dx)
    {
        dx.zero_();
        foreach (BlockBatch batch in batches)
            batch.AddInputGradient(weights, dz, dx);
    }

    public override void WeightGradient(Tensor x, Tensor dz, Tensor weightGradient)
    {
        foreach (BlockBatch batch in batches)
            batch.WeightGradient(x, dz, weightGradient);
    }

    public override long[] Elements(EdgeLayout layout)
    {
        var elements = new long[layout.SlotCount];
        long element = 0;
        foreach (int b in ByShape(layout).SelectMany(shape => shape))
        {
            EdgeBlock block = layout.Block(b);
            for (int slot = 0; slot < block.SlotCount; slot++)
                elements[block.FirstSlot + slot] = element++;
        }

        return elements;
    }

    public override void Dispose() => batches.ForEach(batch => batch.Dispose());

    /// <summary>Groups the blocks that have weights by their numbers of rows and columns.</summary>
    private static IEnumerable<IGrouping<(int Rows, int Columns), int>> ByShape(EdgeLayout layout) => Enumerable
        .Range(0, layout.BlockCount)
        .Where(b => layout.Block(b).SlotCount > 0)
        .GroupBy(b => (layout.Block(b).Rows.Length, layout.Block(b).Columns.Length));
}
