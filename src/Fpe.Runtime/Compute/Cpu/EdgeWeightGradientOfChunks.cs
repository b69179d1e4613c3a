using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <content>
/// The gradients of several chunks are added tile by tile, while a tile is in the cache, as if the chunks were one batch. The bits of each are those
/// of <see cref="EdgeWeightGradient"/>.
/// </content>
internal sealed unsafe partial class CpuKernels
{
    /// <summary>
    /// The most sums at a time: those of 8, 4, 2 and 1 chunks wait for the newest, since at most 16 chunks of a panel are the samples of a tile. A tile
    /// needs one fewer, because it adds every second chunk to the one before it.
    /// </summary>
    private const int MostPending = 5;

    /// <summary>Returns how many chunks of some samples are added at once: a power of two.</summary>
    public static int ChunksAtOnce(int samples)
    {
        int fit = WeightGradientTile.MaximumSamples / (Panel.Width * DivideUp(samples, Panel.Width));
        return fit == 0 ? 1 : 1 << BitOperations.Log2((uint)fit);
    }

    public void EdgeWeightGradientOfChunks(
        DeviceEdges edges, ElementFunction function, ReadOnlySpan<EdgeChunk> chunks, DeviceBuffer weightGradient, DeviceBuffer biasGradient)
    {
        if (chunks.Length == 1)
        {
            WeightGradientOfChunk(edges, function, in chunks[0], weightGradient, biasGradient);
            return;
        }

        var structure = (CpuEdges)edges;
        int fewest = chunks[0].Batch, most = fewest, batch = 0, samples = 0;
        foreach (ref readonly EdgeChunk chunk in chunks)
        {
            (fewest, most) = (Math.Min(fewest, chunk.Batch), Math.Max(most, chunk.Batch));
            batch += chunk.Batch;
        }

        if (chunks.Length > structure.ChunksAtOnce(fewest, most))
            throw new ArgumentException($"{chunks.Length} chunks of {fewest} to {most} samples cannot be added in one kernel over these edges; {nameof(DeviceEdges.ChunksAtOnce)} says how many can.", nameof(chunks));
        float* dw = Floats(weightGradient).Address;
        var parts = stackalloc WeightGradientArguments[chunks.Length];
        for (int c = 0; c < chunks.Length; c++)
        {
            parts[c] = ChunkOf(structure, function, in chunks[c], dw, Floats(biasGradient).Address);
            parts[c].FirstSample = samples;
            samples += Panel.Width * DivideUp(chunks[c].Batch, Panel.Width);
        }

        var arguments = new ChunksArguments { Parts = parts, Count = chunks.Length };
        Run(parts->PieceCount, &WeightGradientOfChunksOfPiece, &arguments, (long)structure.StorageLength * batch);
    }

    private void WeightGradientOfChunk(
        DeviceEdges edges, ElementFunction function, in EdgeChunk chunk, DeviceBuffer weightGradient, DeviceBuffer biasGradient)
    {
        if (chunk.Reader is { } reader)
            EdgeWeightGradientThrough(in reader, edges, function, chunk.X, chunk.Z, chunk.Y, chunk.Dy, weightGradient, biasGradient, chunk.Batch);
        else
            EdgeWeightGradient(edges, function, chunk.X, chunk.Z, chunk.Y, chunk.Dy, weightGradient, biasGradient, chunk.Batch);
    }

    private WeightGradientArguments ChunkOf(CpuEdges structure, ElementFunction function, in EdgeChunk chunk, float* dw, float* db)
    {
        var gradient = new WeightGradientArguments
        {
            Blocks = structure.Blocks.All,
            Pieces = structure.Blocks.Pieces,
            PieceCount = structure.Blocks.PieceCount,
            Holes = structure.Blocks.HoleAddress,
            X = Panels(chunk.X).Values,
            XStride = Panels(chunk.X).PanelStride,
            Function = function,
            Argument = SlopeArgument(function, chunk.Z, chunk.Y),
            DzStride = Panels(chunk.Y).PanelStride,
            Dw = dw,
            Db = db,
            Batch = chunk.Batch,
            Width = device.Width,
        };
        if (chunk.Reader is { } reader && IsReadThrough(structure, (CpuEdges)reader.Edges, chunk.Batch))
        {
            gradient.Reader = ((CpuEdges)reader.Edges).Blocks.All;
            gradient.ReaderWeights = Floats(reader.Weights).Address;
            gradient.ReaderDz = Panels(reader.Gradient).Values;
            gradient.ReaderDzStride = Panels(reader.Gradient).PanelStride;
            return gradient;
        }

        if (chunk.Reader is { } other)
            EdgeInputGradient(other.Edges, other.Weights, ActivationFunction.Identity, null, other.Output, other.Gradient, chunk.Dy, chunk.Batch);
        gradient.Dz = Panels(chunk.Dy).Values;
        return gradient;
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WeightGradientOfChunksOfPiece(void* arguments, int chunk)
    {
        var own = (ChunksArguments*)arguments;
        RowPiece piece = own->Parts->Pieces[chunk];
        CpuBlock* block = own->Parts->Blocks + piece.Block;
        float* bySample = stackalloc float[RowPiece.MaximumRows / CpuBlock.GroupHeight * WeightGradientTile.GroupStride];
        BiasGradientsOfPiece(own, block, piece, bySample);
        int rowsOfTile = own->Parts->Width == VectorWidth.Bits512 ? 2 * CpuBlock.GroupHeight : CpuBlock.GroupHeight;
        for (int column = 0; column < block->ColumnCount; column += WeightGradientColumns)
        {
            int endColumn = Math.Min(block->ColumnCount, column + WeightGradientColumns);
            float* dz = bySample;
            for (int row = piece.FirstRow; row < piece.EndRow; row += rowsOfTile)
            {
                int endRow = Math.Min(piece.EndRow, row + rowsOfTile);
                if (endRow - row > CpuBlock.GroupHeight)
                    WeightGradientsOfRows<Lanes16, Vector512<float>>(own, block, row, endRow, column, endColumn, dz);
                else
                    WeightGradientsOfRows<Lanes8, Vector256<float>>(own, block, row, endRow, column, endColumn, dz);
                dz += rowsOfTile / CpuBlock.GroupHeight * WeightGradientTile.GroupStride;
            }
        }

        ClearHoles(own->Parts, piece);
    }

    /// <summary>Orders the gradients of all chunks by sample, and adds their sums.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void BiasGradientsOfPiece(ChunksArguments* own, CpuBlock* block, RowPiece piece, float* bySample)
    {
        float* sums = stackalloc float[RowPiece.MaximumRows * OutputGradient.SumWidth];
        float* pending = stackalloc float[MostPending * RowPiece.MaximumRows];
        uint* rows = block->Rows + piece.FirstRow;
        int rowCount = piece.EndRow - piece.FirstRow, waiting = 0;
        for (int c = 0; c < own->Count; c++)
        {
            WeightGradientArguments* part = own->Parts + c;
            new Span<float>(sums, RowPiece.MaximumRows * OutputGradient.SumWidth).Clear();
            OrderBySample(part, block, piece, 0, part->Batch, bySample + part->FirstSample * CpuBlock.GroupHeight, sums);
            OutputGradient.Fold(sums, rows, rowCount, part->Db);
            float* newest = pending + waiting * RowPiece.MaximumRows;
            for (int r = 0; r < rowCount; r++)
                newest[r] = part->Db[rows[r] / Panel.Width];
            waiting = Join(pending, waiting, RowPiece.MaximumRows, rowCount, c);
        }

        for (int r = 0; r < rowCount; r++)
            own->Parts->Db[rows[r] / Panel.Width] = pending[r];
    }

    /// <summary>Adds the bias gradients of a chunk to those that wait, as far as each is over as many chunks as the other.</summary>
    /// <param name="pending">The sums that wait, and the newest behind them.</param>
    /// <param name="waiting">The number of sums that wait.</param>
    /// <param name="stride">Floats from a sum to the next.</param>
    /// <param name="count">Elements of a sum.</param>
    /// <param name="chunk">The number of the chunk.</param>
    /// <returns>The number of sums that wait for the next chunk.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Join(float* pending, int waiting, int stride, int count, int chunk)
    {
        for (; (chunk & 1) != 0; chunk >>= 1, waiting--)
        {
            float* newest = pending + waiting * stride, before = newest - stride;
            int i = 0;
            for (; i <= count - Vector256<float>.Count; i += Vector256<float>.Count)
                (Vector256.Load(newest + i) + Vector256.Load(before + i)).Store(before + i);
            for (; i < count; i++)
                before[i] = newest[i] + before[i];
        }

        return waiting + 1;
    }

    /// <summary>Computes some columns of the rows of a tile: one group, or two if a vector holds a group.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WeightGradientsOfRows<TLanes, TVector>(
        ChunksArguments* own, CpuBlock* block, int row, int endRow, int firstColumn, int endColumn, float* dz)
        where TLanes : struct, ITileVector<TVector>
    {
        const int Stride = 2 * WeightGradientTile.SumStride;
        float* pending = stackalloc float[(MostPending - 1) * Stride];
        bool isWhole = (endRow - row) % CpuBlock.GroupHeight == 0;
        int most = TLanes.Count == Panel.Width ? Eight.Count : Six.Count;
        for (int column = firstColumn, width; column < endColumn; column += width)
        {
            width = Math.Min(most, endColumn - column);
            int tile = (width + 1) / 2 * 2, waiting = 0;
            uint* columns = block->Columns + column;
            int after = block->ColumnCount - column - width;

            // The oldest sums, which end as those of all chunks, are where they belong if a tile fits there.
            bool isDirect = isWhole && width == tile;
            float* oldest = isDirect ? block->Group(own->Parts->Dw, row) + (nint)column * CpuBlock.GroupHeight : pending;
            nint oldestStride = isDirect ? (nint)CpuBlock.GroupHeight * block->ColumnCount : WeightGradientTile.SumStride;
            for (int c = 0; c < own->Count; c++)
            {
                // The sums of every second chunk are added to those of the chunk before it.
                bool isSecond = (c & 1) != 0;
                int place = isSecond ? waiting - 1 : waiting;
                WeightGradientArguments* part = own->Parts + c;
                float* slopes = dz + part->FirstSample * CpuBlock.GroupHeight, sums = place == 0 ? oldest : pending + place * Stride;
                nint stride = place == 0 ? oldestStride : WeightGradientTile.SumStride;
                if (tile == Eight.Count)
                    WeightGradientTile.Run<TLanes, TVector, Eight>(slopes, columns, width, after, part->X, part->XStride, part->Batch, sums, stride, isSecond);
                else if (tile == Six.Count)
                    WeightGradientTile.Run<TLanes, TVector, Six>(slopes, columns, width, after, part->X, part->XStride, part->Batch, sums, stride, isSecond);
                else if (tile == Four.Count)
                    WeightGradientTile.Run<TLanes, TVector, Four>(slopes, columns, width, after, part->X, part->XStride, part->Batch, sums, stride, isSecond);
                else
                    WeightGradientTile.Run<TLanes, TVector, Two>(slopes, columns, width, after, part->X, part->XStride, part->Batch, sums, stride, isSecond);
                for (int pair = c >> 1; isSecond && (pair & 1) != 0; pair >>= 1, place--)
                {
                    float* before = place == 1 ? oldest : pending + (place - 1) * Stride;
                    AddTile<TLanes, TVector>(pending + place * Stride, before, place == 1 ? oldestStride : WeightGradientTile.SumStride, tile);
                }

                waiting = place + 1;
            }

            if (isDirect)
                continue;
            for (int group = row, g = 0; group < endRow; group += CpuBlock.GroupHeight, g++)
            {
                int height = block->HeightAt(group);
                float* weights = block->Group(own->Parts->Dw, group) + (nint)column * height;
                Place(pending + g * WeightGradientTile.SumStride, width, weights, height, add: false);
            }
        }
    }

    /// <summary>Adds the sums of a tile to those of another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTile<TLanes, TVector>(float* sums, float* total, nint totalStride, int columns)
        where TLanes : struct, ITileVector<TVector>
    {
        nint second = TLanes.Second(WeightGradientTile.SumStride), secondOfTotal = TLanes.Second(totalStride);
        for (int c = 0; c < columns; c++, sums += CpuBlock.GroupHeight, total += CpuBlock.GroupHeight)
            VectorPair<TLanes, TVector>.Add(TLanes.Load(sums), TLanes.Load(sums + second), total, secondOfTotal);
    }

    private struct ChunksArguments
    {
        public WeightGradientArguments* Parts;
        public int Count;
    }
}
