using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>
    /// Number of inputs whose lanes (16 KiB) stay in the first-level cache, together with their weights for a group of rows, while the rows
    /// of the group read them.
    /// </summary>
    private const int ForwardColumns = 256;

    /// <summary>
    /// Panels per chunk for single rows, which use a weight while it is in a register; for small blocks, so that a chunk is worth its call;
    /// and for large blocks, so that a weight is used while it is in the cache.
    /// </summary>
    private const int ChunkPanels = 4;

    /// <summary>Maximum number of weights of a small layer, which takes at most about 3 µs per panel.</summary>
    private const int FewWeights = 1 << 13;

    /// <summary>Number of weights (4 MiB) that stay in the cache shared by all cores while the panels read them in turn.</summary>
    private const int CachedWeights = 1 << 20;

    public void EdgeForward(
        DeviceEdges edges, DeviceBuffer weights, DeviceBuffer bias, ElementFunction function,
        Activations x, Activations? z, Activations y, int batch)
    {
        var structure = (CpuEdges)edges;
        CpuActivations inputs = Panels(x), sums = Panels(z ?? y);
        bool few = FewSamples.Hold(batch);
        bool relu = function.Kind == ActivationFunction.Relu && z is null;
        int panelCount = Panel.Count(batch);
        var forward = new ForwardArguments
        {
            Blocks = structure.Blocks.All,
            Pieces = structure.Blocks.Pieces,
            PieceCount = structure.Blocks.PieceCount,
            Cells = structure.Grid.All,
            GridRows = structure.Grid.Rows,
            GridRowStarts = structure.Grid.RowStarts,
            RowBandCount = structure.Grid.RowBandCount,
            ColumnBandCount = structure.Grid.ColumnBandCount,
            Weights = Floats(weights).Address,
            Bias = Floats(bias).Address,
            X = few ? inputs.ReadFew(batch) : inputs.Values,
            XStride = inputs.PanelStride,
            Y = few ? sums.WriteFew(batch) : sums.Values,
            YStride = sums.PanelStride,
            Width = device.Width,
            PanelCount = panelCount,
            ChunkPanels = structure.Grid.RowCount > 0 ? ChunkPanels : BlockPanels(structure),
            Batch = batch,
            Relu = relu,
        };
        if (structure.Families is { } families && families.Suit(batch))
        {
            forward.FamilyBands = families.Bands;
            forward.FamilyCells = families.Cells;
            forward.FamilyBand = ForwardOf(families);
        }

        int rowUnits = forward.PieceCount + forward.RowBandCount;
        long work = (long)structure.StorageLength * batch;
        if (few)
            Run(rowUnits, &ForwardFewChunk, &forward, work);
        else
            Run(rowUnits * DivideUp(panelCount, forward.ChunkPanels), &ForwardChunk, &forward, work);
        if (!relu)
            Activate(function, sums, Panels(y), batch);
    }

    /// <summary>
    /// Returns the panels per chunk of blocks. With one panel, its inputs and outputs stay in the second-level cache while the weights of
    /// all blocks stream through; but weights that are read from memory must be used several times each time.
    /// </summary>
    private int BlockPanels(CpuEdges edges)
    {
        if (edges.StorageLength is <= FewWeights or > CachedWeights)
            return ChunkPanels;
        return device.Width == VectorWidth.Bits512 ? 2 : 1;
    }

    /// <summary>Computes some panels for a piece of a block, or for a band of single rows.</summary>
    private static void ForwardChunk(void* arguments, int chunk)
    {
        var forward = (ForwardArguments*)arguments;
        int rowUnits = forward->PieceCount + forward->RowBandCount;
        int rowUnit = chunk % rowUnits;
        int firstPanel = chunk / rowUnits * forward->ChunkPanels;
        int endPanel = Math.Min(forward->PanelCount, firstPanel + forward->ChunkPanels);
        if (rowUnit < forward->PieceCount)
            ForwardPiece(forward, forward->Pieces[rowUnit], firstPanel, endPanel);
        else
            ForwardBand(forward, rowUnit - forward->PieceCount, firstPanel, endPanel);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardPiece(ForwardArguments* forward, RowPiece piece, int firstPanel, int endPanel)
    {
        CpuBlock* block = forward->Blocks + piece.Block;
        int steps = Math.Max(1, DivideUp(block->ColumnCount, ForwardColumns));
        for (int step = 0; step < steps; step++)
        {
            int first = (int)((long)block->ColumnCount * step / steps);
            int end = (int)((long)block->ColumnCount * (step + 1) / steps);
            for (int p = firstPanel, panels; p < endPanel; p += panels)
            {
                panels = PanelsOfTile(forward->Width, endPanel - p);
                for (int group = piece.FirstRow; group < piece.EndRow; group += CpuBlock.GroupHeight)
                {
                    float* x = forward->X + p * forward->XStride;
                    float* y = forward->Y + p * forward->YStride;
                    bool relu = forward->Relu && step == steps - 1;
                    if (panels == 2)
                        ForwardGroup<Lanes16, Vector512<float>>(forward, block, group, first, end - first, x, y, step == 0, relu);
                    else
                        ForwardGroup<Lanes8, Vector256<float>>(forward, block, group, first, end - first, x, y, step == 0, relu);
                }
            }
        }
    }

    /// <summary>Returns the number of panels that a tile computes at a time: two if a vector is as wide as a panel.</summary>
    private static int PanelsOfTile(VectorWidth width, int panelsLeft) => width == VectorWidth.Bits512 && panelsLeft > 1 ? 2 : 1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardGroup<TLanes, TVector>(
        ForwardArguments* forward, CpuBlock* block, int group, int firstColumn, int columnCount, float* x, float* y, bool first, bool relu)
        where TLanes : struct, ITileVector<TVector>
    {
        int height = block->HeightAt(group);
        float* w = block->Group(forward->Weights, group) + (nint)firstColumn * height;
        uint* rows = block->Rows + group;
        uint* columns = block->Columns + firstColumn;
        float* bias = first ? forward->Bias : null;
        for (int row = 0; row < height;)
        {
            // 16 = 8 + 8 with 32 registers, 6 + 6 + 4 with 16
            int rest = height - row;
            if (TLanes.Count == Panel.Width && rest > 6)
                row += ForwardRows<TLanes, TVector, Eight>(forward, w + row, height, rows + row, rest, columns, columnCount, x, y, bias, relu);
            else if (rest > 8 || rest is 5 or 6)
                row += ForwardRows<TLanes, TVector, Six>(forward, w + row, height, rows + row, rest, columns, columnCount, x, y, bias, relu);
            else if (rest > 2)
                row += ForwardRows<TLanes, TVector, Four>(forward, w + row, height, rows + row, rest, columns, columnCount, x, y, bias, relu);
            else
                row += ForwardRows<TLanes, TVector, Two>(forward, w + row, height, rows + row, rest, columns, columnCount, x, y, bias, relu);
        }
    }

    private static int ForwardRows<TLanes, TVector, TRows>(
        ForwardArguments* forward, float* w, int stride, uint* rows, int rowCount, uint* columns, int count,
        float* x, float* y, float* bias, bool relu)
        where TLanes : struct, ITileVector<TVector>
        where TRows : struct, ITileHeight
    {
        ForwardTile.Run<TLanes, TVector, TRows>(
            w, stride, rows, rowCount, columns, count, x, forward->XStride, y, forward->YStride, bias, relu);
        return TRows.Count;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardBand(ForwardArguments* forward, int band, int firstPanel, int endPanel)
    {
        uint* rows = forward->GridRows;
        int start = forward->GridRowStarts[band], end = forward->GridRowStarts[band + 1];
        float* x = forward->X + firstPanel * forward->XStride;
        float* y = forward->Y + firstPanel * forward->YStride;
        for (int p = firstPanel; p < endPanel; p++)
        {
            for (int i = start; i < end; i++)
                Spread(forward->Bias[rows[i] / Panel.Width], forward->Y + p * forward->YStride + rows[i]);
        }

        for (int column = 0; column < forward->ColumnBandCount; column++)
        {
            CpuCell* cell = forward->Cells + band * forward->ColumnBandCount + column;
            CellProduct.AddAll(
                forward->Width, endPanel - firstPanel, cell->Rows, cell->RowCount, cell->ColumnsByRow, forward->Weights + cell->FirstWeight,
                x + cell->FirstColumn, forward->XStride, y, forward->YStride);
        }

        for (int p = firstPanel; forward->Relu && p < endPanel; p++)
        {
            for (int i = start; i < end; i++)
                ForwardTile.Relu(forward->Y + p * forward->YStride + rows[i]);
        }
    }

    private static void Spread(float value, float* row)
    {
        var vector = Vector256.Create(value);
        vector.Store(row);
        vector.Store(row + 8);
    }

    private struct ForwardArguments
    {
        public CpuBlock* Blocks;
        public RowPiece* Pieces;
        public CpuCell* Cells;
        public FamilyBand* FamilyBands;
        public FamilyCell* FamilyCells;
        public delegate*<ForwardArguments*, int, void> FamilyBand;
        public uint* GridRows;
        public int* GridRowStarts;
        public float* Weights, Bias, X, Y;
        public nint XStride, YStride;
        public int PieceCount, RowBandCount, ColumnBandCount, PanelCount, ChunkPanels, Batch;
        public VectorWidth Width;
        public bool Relu;
    }
}
