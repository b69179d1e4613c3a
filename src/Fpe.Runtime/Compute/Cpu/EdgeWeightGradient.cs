using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>
    /// Number of inputs whose lanes for the samples of a tile (96 KiB) stay in the second-level cache for all rows of a piece; whole tiles.
    /// </summary>
    private const int WeightGradientColumns = 96;

    /// <summary>
    /// Number of samples that are summed in registers for single rows; their gradients for half of a band of rows take 16 KiB.
    /// </summary>
    private const int CellSamples = 128;

    public void EdgeWeightGradient(
        DeviceEdges edges, ElementFunction function, Activations x, Activations? z, Activations y, Activations dy,
        DeviceBuffer weightGradient, DeviceBuffer biasGradient, int batch)
    {
        if (batch == 0)
        {
            Fill(weightGradient, 0);
            Fill(biasGradient, 0);
            return;
        }

        var structure = (CpuEdges)edges;
        float* dw = Floats(weightGradient).Address;
        if (batch <= 4 && HasFewGradients(structure))
        {
            FewWeightGradient(structure, FewGradients(function, z, y, dy, batch), x, dw, Floats(biasGradient).Address, batch);
            ClearHoles(structure, dw);
            return;
        }

        if (structure.Grid.RowCount > 0)
        {
            // several cells read a row, so it must be dz before any of them does; the rows of a piece are read by no other piece
            ActivationGradient(function, z, y, dy, batch);
            function = ActivationFunction.Identity;
        }

        var gradient = new WeightGradientArguments
        {
            Blocks = structure.Blocks.All,
            Pieces = structure.Blocks.Pieces,
            PieceCount = structure.Blocks.PieceCount,
            Holes = structure.Blocks.HoleAddress,
            Cells = structure.Grid.All,
            GridRows = structure.Grid.Rows,
            GridRowStarts = structure.Grid.RowStarts,
            X = Panels(x).Values,
            XStride = Panels(x).PanelStride,
            Function = function,
            Argument = SlopeArgument(function, z, y),
            Dz = Panels(dy).Values,
            DzStride = Panels(dy).PanelStride,
            Dw = dw,
            Db = Floats(biasGradient).Address,
            Batch = batch,
            Width = device.Width,
        };
        int cellCount = structure.Grid.RowBandCount * structure.Grid.ColumnBandCount;
        Run(structure.Grid.RowBandCount, &BiasGradientOfBand, &gradient, structure.Grid.RowCount * (long)batch);
        Run(gradient.PieceCount + cellCount, &WeightGradientChunk, &gradient, (long)structure.StorageLength * batch);
        Clear(structure.GridHoles, dw);
    }

    /// <summary>values[e] = 0 for all elements e that belong to no edge.</summary>
    public static void ClearHoles(CpuEdges edges, float* values)
    {
        Clear(edges.Blocks.Holes, values);
        Clear(edges.GridHoles, values);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Clear(ReadOnlySpan<int> holes, float* values)
    {
        foreach (int hole in holes)
            values[hole] = 0;
    }

    /// <summary>Clears the holes of a piece, whose gradient is still in the cache.</summary>
    private static void ClearHoles(WeightGradientArguments* gradient, RowPiece piece) =>
        Clear(new ReadOnlySpan<int>(gradient->Holes + piece.FirstHole, piece.EndHole - piece.FirstHole), gradient->Dw);

    /// <summary>Computes db for a band of single rows.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BiasGradientOfBand(void* arguments, int band)
    {
        var gradient = (WeightGradientArguments*)arguments;
        uint* rows = gradient->GridRows + gradient->GridRowStarts[band];
        int count = gradient->GridRowStarts[band + 1] - gradient->GridRowStarts[band];
        float* sums = stackalloc float[CpuGrid.WidestBand * OutputGradient.SumWidth];
        new Span<float>(sums, count * OutputGradient.SumWidth).Clear();
        for (int start = 0; start < gradient->Batch; start += Panel.Width)
        {
            float* dz = gradient->Dz + start / Panel.Width * gradient->DzStride;
            OutputGradient.Sum(dz, rows, count, Math.Min(Panel.Width, gradient->Batch - start), sums);
        }

        OutputGradient.Fold(sums, rows, count, gradient->Db);
    }

    /// <summary>Computes all samples for a piece of a block, or for a cell.</summary>
    private static void WeightGradientChunk(void* arguments, int chunk)
    {
        var gradient = (WeightGradientArguments*)arguments;
        if (chunk >= gradient->PieceCount)
        {
            WeightGradientOfCell(gradient, gradient->Cells + (chunk - gradient->PieceCount));
            return;
        }

        RowPiece piece = gradient->Pieces[chunk];
        WeightGradientOfPiece(gradient, piece);
        ClearHoles(gradient, piece);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WeightGradientOfPiece(WeightGradientArguments* gradient, RowPiece piece)
    {
        float* bySample = stackalloc float[RowPiece.MaximumRows / CpuBlock.GroupHeight * WeightGradientTile.GroupStride];
        float* sums = stackalloc float[RowPiece.MaximumRows * OutputGradient.SumWidth];
        new Span<float>(sums, RowPiece.MaximumRows * OutputGradient.SumWidth).Clear();
        CpuBlock* block = gradient->Blocks + piece.Block;
        if (block->RowCount == EightRowsGradientTile.Rows)
        {
            WeightGradientOfEightRows(gradient, block, bySample, sums);
            OutputGradient.Fold(sums, block->Rows, block->RowCount, gradient->Db);
            return;
        }

        if (block->RowCount <= FewRowsGradientTile.MaximumRows)
        {
            if (gradient->Width == VectorWidth.Bits512)
                WeightGradientOfFewRows<Lanes16, Vector512<float>>(gradient, block, bySample, sums);
            else
                WeightGradientOfFewRows<Lanes8, Vector256<float>>(gradient, block, bySample, sums);
            OutputGradient.Fold(sums, block->Rows, block->RowCount, gradient->Db);
            return;
        }

        int rowsOfTile = gradient->Width == VectorWidth.Bits512 ? 2 * CpuBlock.GroupHeight : CpuBlock.GroupHeight;
        for (int start = 0; start < gradient->Batch; start += WeightGradientTile.MaximumSamples)
        {
            int samples = Math.Min(WeightGradientTile.MaximumSamples, gradient->Batch - start);
            OrderBySample(gradient, block, piece, start, samples, bySample, sums);
            for (int column = 0; column < block->ColumnCount; column += WeightGradientColumns)
            {
                int endColumn = Math.Min(block->ColumnCount, column + WeightGradientColumns);
                float* dz = bySample;
                for (int row = piece.FirstRow; row < piece.EndRow; row += rowsOfTile)
                {
                    int endRow = Math.Min(piece.EndRow, row + rowsOfTile);
                    if (endRow - row > CpuBlock.GroupHeight)
                        WeightGradientOfRows<Lanes16, Vector512<float>>(gradient, block, row, endRow, column, endColumn, start, samples, dz);
                    else
                        WeightGradientOfRows<Lanes8, Vector256<float>>(gradient, block, row, endRow, column, endColumn, start, samples, dz);
                    dz += rowsOfTile / CpuBlock.GroupHeight * WeightGradientTile.GroupStride;
                }
            }
        }

        OutputGradient.Fold(sums, block->Rows + piece.FirstRow, piece.EndRow - piece.FirstRow, gradient->Db);
    }

    /// <summary>dz[r, s] for up to 16 rows of a block and the samples of a panel, and their sums over s.</summary>
    /// <param name="gradient">The arguments.</param>
    /// <param name="rows">Offsets of the rows in a panel.</param>
    /// <param name="rowCount">Number of rows.</param>
    /// <param name="panel">The panel.</param>
    /// <param name="samples">Samples of the panel.</param>
    /// <param name="dz">Receives dz: [16, 16]. Rows after the last are undefined.</param>
    /// <param name="sums">One vector of sums per row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OutputGradientOfPanel(
        WeightGradientArguments* gradient, uint* rows, int rowCount, nint panel, int samples, float* dz, float* sums)
    {
        float* argument = gradient->Argument + panel * gradient->DzStride;
        float* dy = gradient->Dz + panel * gradient->DzStride;
        if (gradient->Reader != null)
        {
            int column = (int)(rows[0] / Panel.Width);
            float* dzOfReader = gradient->ReaderDz + panel * gradient->ReaderDzStride;
            ReaderGradientTile.Run(gradient->Width, gradient->ReaderWeights, gradient->Reader, column, rowCount, dzOfReader, dz);

            // the rows are adjacent, so dy lies where dz is written
            dy = dz - rows[0];
        }

        OutputGradient.OfPanel(gradient->Function, argument, dy, rows, rowCount, samples, dz, sums);
    }

    /// <summary>Asks for rows of a panel: panels are far apart, so the processor does not foresee that they are read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Prefetch(WeightGradientArguments* gradient, uint* rows, int rowCount, nint panel)
    {
        if (!Sse.IsSupported)
            return;
        nint offset = panel * gradient->DzStride;
        for (int r = 0; r < rowCount; r++)
        {
            if (gradient->Function.Kind != ActivationFunction.Identity)
                Sse.Prefetch0(gradient->Argument + offset + rows[r]);
            if (gradient->Reader == null)
                Sse.Prefetch0(gradient->Dz + offset + rows[r]);
        }
    }

    /// <summary>bySample[g, s, r] = dz[start + s, r] for the rows r of each group g of a piece, and their sums over s.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OrderBySample(
        WeightGradientArguments* gradient, CpuBlock* block, RowPiece piece, int start, int samples, float* bySample, float* sums)
    {
        float* dz = stackalloc float[CpuBlock.GroupHeight * Panel.Width];
        for (int s = 0; s < samples; s += Panel.Width)
        {
            nint panel = (start + s) / Panel.Width;
            int lanes = Math.Min(Panel.Width, samples - s);

            // panel by panel, so that the adjacent rows of the piece are read sequentially
            float* target = bySample + s * CpuBlock.GroupHeight;
            float* sumsOfGroup = sums;
            for (int group = piece.FirstRow; group < piece.EndRow; group += CpuBlock.GroupHeight)
            {
                int height = block->HeightAt(group);
                uint* rows = block->Rows + group;
                Prefetch(gradient, rows, height, s + Panel.Width < samples ? panel + 1 : panel);
                bool isReady = gradient->Reader == null && gradient->Function.Kind == ActivationFunction.Identity;
                if (isReady && height == CpuBlock.GroupHeight && Follow(rows))
                {
                    float* dzOfPanel = gradient->Dz + panel * gradient->DzStride;
                    OutputGradient.Sum(dzOfPanel, rows, height, lanes, sumsOfGroup);
                    Transpose.RowsToSamples(dzOfPanel + rows[0], lanes, target);
                }
                else
                {
                    OutputGradientOfPanel(gradient, rows, height, panel, lanes, dz, sumsOfGroup);
                    Transpose.RowsToSamples(dz, lanes, target);
                }

                target += WeightGradientTile.GroupStride;
                sumsOfGroup += CpuBlock.GroupHeight * OutputGradient.SumWidth;
            }
        }
    }

    /// <summary>
    /// Adds the contribution of some samples to some columns of the rows of a tile: one group, or two if a vector holds a group.
    /// </summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WeightGradientOfRows<TLanes, TVector>(
        WeightGradientArguments* gradient, CpuBlock* block, int row, int endRow, int firstColumn, int endColumn, int start, int samples, float* dz)
        where TLanes : struct, ITileVector<TVector>
    {
        float* sums = stackalloc float[2 * WeightGradientTile.SumStride];
        float* x = gradient->X + start / Panel.Width * gradient->XStride;
        float* dw = block->Group(gradient->Dw, row);
        bool isWhole = (endRow - row) % CpuBlock.GroupHeight == 0;
        int most = TLanes.Count == Panel.Width ? Eight.Count : Six.Count;
        for (int column = firstColumn, width; column < endColumn; column += width)
        {
            width = Math.Min(most, endColumn - column);
            int tile = (width + 1) / 2 * 2;
            uint* columns = block->Columns + column;
            int after = block->ColumnCount - column - width;
            bool isDirect = isWhole && width == tile, isAdded = isDirect && start > 0;
            float* target = isDirect ? dw + (nint)column * CpuBlock.GroupHeight : sums;
            nint targetStride = isDirect ? (nint)CpuBlock.GroupHeight * block->ColumnCount : WeightGradientTile.SumStride;
            if (tile == Eight.Count)
                WeightGradientTile.Run<TLanes, TVector, Eight>(dz, columns, width, after, x, gradient->XStride, samples, target, targetStride, isAdded);
            else if (tile == Six.Count)
                WeightGradientTile.Run<TLanes, TVector, Six>(dz, columns, width, after, x, gradient->XStride, samples, target, targetStride, isAdded);
            else if (tile == Four.Count)
                WeightGradientTile.Run<TLanes, TVector, Four>(dz, columns, width, after, x, gradient->XStride, samples, target, targetStride, isAdded);
            else
                WeightGradientTile.Run<TLanes, TVector, Two>(dz, columns, width, after, x, gradient->XStride, samples, target, targetStride, isAdded);
            if (isDirect)
                continue;
            for (int group = row, g = 0; group < endRow; group += CpuBlock.GroupHeight, g++)
            {
                int height = block->HeightAt(group);
                float* place = block->Group(gradient->Dw, group) + (nint)column * height;
                Place(sums + g * WeightGradientTile.SumStride, width, place, height, start > 0);
            }
        }
    }

    /// <summary>dw[c, r] = sums[c, r], or dw[c, r] += sums[c, r].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Place(float* sums, int columns, float* dw, int height, bool add)
    {
        for (int c = 0; c < columns; c++, sums += CpuBlock.GroupHeight, dw += height)
        {
            if (height == CpuBlock.GroupHeight)
            {
                (add ? Vector256.Load(dw) + Vector256.Load(sums) : Vector256.Load(sums)).Store(dw);
                (add ? Vector256.Load(dw + 8) + Vector256.Load(sums + 8) : Vector256.Load(sums + 8)).Store(dw + 8);
                continue;
            }

            for (int r = 0; r < height; r++)
                dw[r] = (add ? dw[r] : 0) + sums[r];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WeightGradientOfCell(WeightGradientArguments* gradient, CpuCell* cell)
    {
        for (int start = 0; start < gradient->Batch; start += CellSamples)
        {
            nint panel = start / Panel.Width;
            int samples = Math.Min(CellSamples, gradient->Batch - start);
            float* dz = gradient->Dz + panel * gradient->DzStride;
            float* x = gradient->X + panel * gradient->XStride;
            if (gradient->Width == VectorWidth.Bits512)
                CellWeightGradient.Run<Lanes16, Vector512<float>>(cell, dz, gradient->DzStride, x, gradient->XStride, samples, gradient->Dw, start > 0);
            else
                CellWeightGradient.Run<Lanes8, Vector256<float>>(cell, dz, gradient->DzStride, x, gradient->XStride, samples, gradient->Dw, start > 0);
        }
    }

    private struct WeightGradientArguments
    {
        public CpuBlock* Blocks;
        public RowPiece* Pieces;
        public CpuCell* Cells;
        public uint* GridRows;
        public int* GridRowStarts, Holes;
        public ElementFunction Function;
        public float* X, Argument, Dz, Dw, Db;
        public nint XStride, DzStride;
        public int PieceCount, Batch;
        public VectorWidth Width;

        /// <summary>Where the samples of a chunk begin among those of all chunks, in whole panels.</summary>
        public int FirstSample;

        /// <summary>The block of the layer that reads the outputs, if its input gradient is computed on the way; otherwise null.</summary>
        public CpuBlock* Reader;
        public float* ReaderWeights, ReaderDz;
        public nint ReaderDzStride;
    }
}
