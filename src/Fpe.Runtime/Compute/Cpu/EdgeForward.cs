using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>
    /// Inputs whose lanes (14 KiB) stay in the first-level cache, beside the weights of a group of rows for them, while the rows
    /// of the group read them.
    /// </summary>
    private const int ForwardColumns = 224;

    /// <summary>Panels whose inputs stay in the second-level cache while all rows read them.</summary>
    private const int ForwardPanels = 4;

    public void EdgeForward(
        DeviceEdges edges, DeviceBuffer weights, DeviceBuffer bias, ActivationFunction function,
        Activations x, Activations? z, Activations y, int batch)
    {
        var structure = (CpuEdges)edges;
        CpuActivations sums = Panels(z ?? y);
        bool relu = function == ActivationFunction.Relu && z is null;
        var forward = new ForwardArguments
        {
            Blocks = structure.Blocks.All,
            Pieces = structure.Blocks.Pieces,
            Weights = Floats(weights).Address,
            Bias = Floats(bias).Address,
            X = Panels(x).Values,
            XStride = Panels(x).PanelStride,
            Y = sums.Values,
            YStride = sums.PanelStride,
            PanelCount = Panel.Count(batch),
            Relu = relu,
        };
        for (int first = 0; first < forward.PanelCount; first += ForwardPanels)
        {
            for (int piece = 0; piece < structure.Blocks.PieceCount; piece++)
                ForwardPiece(&forward, piece, first, Math.Min(forward.PanelCount, first + ForwardPanels));
            for (int band = 0; band < structure.Tiles.RowBandCount; band++)
                ForwardBand(structure.Tiles, &forward, band, first, Math.Min(forward.PanelCount, first + ForwardPanels));
        }

        if (relu)
            return;
        for (int p = 0; p < Panel.Count(batch); p++)
            Activate(function, sums.PanelAt(p, batch), Panels(y).PanelAt(p, batch), y.Features);
    }

    /// <summary>All samples for some rows of a block; their weights are fetched once for all panels.</summary>
    private static void ForwardPiece(ForwardArguments* arguments, int index, int firstPanel, int endPanel)
    {
        RowPiece piece = arguments->Pieces[index];
        CpuBlock* block = arguments->Blocks + piece.Block;
        int steps = Math.Max(1, (block->ColumnCount + ForwardColumns - 1) / ForwardColumns);
        for (int step = 0; step < steps; step++)
        {
            int first = (int)((long)block->ColumnCount * step / steps);
            int end = (int)((long)block->ColumnCount * (step + 1) / steps);
            for (int p = firstPanel; p < endPanel; p++)
            {
                for (int group = piece.FirstRow; group < piece.EndRow; group += CpuBlock.GroupHeight)
                {
                    ForwardGroup(
                        arguments, block, group, first, end - first, arguments->X + p * arguments->XStride,
                        arguments->Y + p * arguments->YStride, step == 0, arguments->Relu && step == steps - 1);
                }
            }
        }
    }

    private static void ForwardGroup(
        ForwardArguments* arguments, CpuBlock* block, int group, int firstColumn, int columnCount, float* x, float* y, bool first, bool relu)
    {
        int height = block->HeightAt(group);
        float* w = block->Group(arguments->Weights, group) + (nint)firstColumn * height;
        uint* rows = block->Rows + group;
        uint* columns = block->Columns + firstColumn;
        float* bias = first ? arguments->Bias : null;
        for (int row = 0; row < height;)
        {
            int rest = height - row;
            if (rest > 8 || rest is 5 or 6)
            {
                ForwardTile.Run<Six>(w + row, height, rows + row, rest, columns, columnCount, x, y, bias, relu);
                row += 6;
            }
            else if (rest > 2)
            {
                ForwardTile.Run<Four>(w + row, height, rows + row, rest, columns, columnCount, x, y, bias, relu);
                row += 4;
            }
            else
            {
                ForwardTile.Run<Two>(w + row, height, rows + row, rest, columns, columnCount, x, y, bias, relu);
                row += 2;
            }
        }
    }

    /// <summary>Some panels for a band of rows.</summary>
    private static void ForwardBand(CpuTiles tiles, ForwardArguments* arguments, int band, int firstPanel, int endPanel)
    {
        int end = LowerBound(tiles.Rows, (band + 1) * tiles.BandWidth);
        int start = LowerBound(tiles.Rows, band * tiles.BandWidth);
        float* x = arguments->X + firstPanel * arguments->XStride;
        float* y = arguments->Y + firstPanel * arguments->YStride;
        for (int p = firstPanel; p < endPanel; p++)
        {
            for (int i = start; i < end; i++)
                FillLanes(arguments->Y + p * arguments->YStride + tiles.Rows[i] * Panel.Width, arguments->Bias[tiles.Rows[i]]);
        }

        for (int column = 0; column < tiles.ColumnBandCount; column++)
        {
            CpuTile* tile = tiles.All + band * tiles.ColumnBandCount + column;
            MultiplyTile(
                endPanel - firstPanel, tile->Rows, tile->RowCount, tile->ColumnsByRow, arguments->Weights + tile->FirstWeight,
                x + tile->FirstColumn, arguments->XStride, y, arguments->YStride);
        }

        for (int p = firstPanel; arguments->Relu && p < endPanel; p++)
        {
            for (int i = start; i < end; i++)
            {
                float* lanes = arguments->Y + p * arguments->YStride + tiles.Rows[i] * Panel.Width;
                ForwardTile.Relu(Vector256.Load(lanes)).Store(lanes);
                ForwardTile.Relu(Vector256.Load(lanes + 8)).Store(lanes + 8);
            }
        }
    }

    private static void MultiplyTile<TEdge>(
        int panels, EdgeRun* runs, int runCount, TEdge* edges, float* w, float* x, nint xStride, float* y, nint yStride)
        where TEdge : unmanaged
    {
        for (; panels >= 4; panels -= 4, x += 4 * xStride, y += 4 * yStride)
            TileProduct.Add<Four, TEdge>(runs, runCount, edges, w, x, xStride, y, yStride);
        for (; panels >= 2; panels -= 2, x += 2 * xStride, y += 2 * yStride)
            TileProduct.Add<Two, TEdge>(runs, runCount, edges, w, x, xStride, y, yStride);
        if (panels == 1)
            TileProduct.Add<One, TEdge>(runs, runCount, edges, w, x, xStride, y, yStride);
    }

    /// <summary>How many of some ascending numbers are below a value.</summary>
    private static int LowerBound(int[] ascending, int value)
    {
        int index = Array.BinarySearch(ascending, value);
        return index < 0 ? ~index : index;
    }

    private static void FillLanes(float* row, float value)
    {
        var vector = Vector256.Create(value);
        vector.Store(row);
        vector.Store(row + 8);
    }

    private struct ForwardArguments
    {
        public CpuBlock* Blocks;
        public RowPiece* Pieces;
        public float* Weights, Bias, X, Y;
        public nint XStride, YStride;
        public int PanelCount;
        public bool Relu;
    }
}
