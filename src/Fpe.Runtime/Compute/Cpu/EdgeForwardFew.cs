using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>A piece of a block, or a band of single rows, for all of up to 8 samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardFewChunk(void* arguments, int chunk)
    {
        var forward = (ForwardArguments*)arguments;
        for (int first = 0; first < forward->Batch; first += 4)
        {
            switch (FewSamples.TileOf(forward->Batch - first))
            {
                case 4:
                    ForwardFewOfPart<Four>(forward, chunk, first);
                    break;
                case 2:
                    ForwardFewOfPart<Two>(forward, chunk, first);
                    break;
                default:
                    ForwardFewOfPart<One>(forward, chunk, first);
                    break;
            }
        }
    }

    private static void ForwardFewOfPart<TSamples>(ForwardArguments* forward, int part, int firstSample)
        where TSamples : struct, ITileHeight
    {
        float* x = forward->X + firstSample * (nint)forward->Inputs;
        float* y = forward->Y + firstSample * (nint)forward->Outputs;
        if (part < forward->PieceCount)
            ForwardFewOfPiece<TSamples>(forward, forward->Pieces[part], x, y);
        else
            ForwardFewOfBand<TSamples>(forward, part - forward->PieceCount, x, y);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardFewOfPiece<TSamples>(ForwardArguments* forward, RowPiece piece, float* x, float* y)
        where TSamples : struct, ITileHeight
    {
        CpuBlock* block = forward->Blocks + piece.Block;
        float* results = stackalloc float[TSamples.Count * CpuBlock.GroupHeight];
        float* bias = stackalloc float[CpuBlock.GroupHeight];
        for (int group = piece.FirstRow; group < piece.EndRow; group += CpuBlock.GroupHeight)
        {
            int height = block->HeightAt(group);
            uint* rows = block->Rows + group;
            int row = (int)(rows[0] / Panel.Width);
            bool follow = height == CpuBlock.GroupHeight && Follow(rows);
            for (int r = 0; !follow && r < height; r++)
                bias[r] = forward->Bias[rows[r] / Panel.Width];

            // Rows that follow each other, as children do, are not copied one by one.
            bool inPlace = follow && TSamples.Count == 1;
            SampleTile.Run<TSamples>(
                block->Group(forward->Weights, group), height, block->Columns, block->ColumnCount, x,
                follow ? forward->Bias + row : bias, inPlace ? y + row : results, forward->Relu);
            for (int r = 0; !inPlace && r < height; r++)
            {
                float* target = y + (rows[r] >> SampleTile.ShiftOf<TSamples>());
                for (int s = 0; s < TSamples.Count; s++)
                    target[s] = results[s * CpuBlock.GroupHeight + r];
            }
        }
    }

    /// <summary>Whether the rows of a whole group are r, r + 1, … r + 15.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Follow(uint* rows)
    {
        var expected = Vector256.Create(rows[0]) + Vector256<uint>.Indices * Panel.Width;
        return Vector256.Load(rows) == expected && Vector256.Load(rows + 8) == expected + Vector256.Create(8u * Panel.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardFewOfBand<TSamples>(ForwardArguments* forward, int band, float* x, float* y)
        where TSamples : struct, ITileHeight
    {
        int shift = SampleTile.ShiftOf<TSamples>();
        uint* rows = forward->TileRows;
        int start = forward->TileRowStarts[band], end = forward->TileRowStarts[band + 1];
        for (int i = start; i < end; i++)
        {
            for (int s = 0; s < TSamples.Count; s++)
                y[(rows[i] >> shift) + s] = forward->Bias[rows[i] / Panel.Width];
        }

        for (int column = 0; column < forward->ColumnBandCount; column++)
        {
            CpuTile* tile = forward->Tiles + band * forward->ColumnBandCount + column;
            SampleTile.Add<TSamples>(tile, forward->Weights + tile->FirstWeight, x + (tile->FirstColumn >> shift), y);
        }

        for (int i = start; forward->Relu && i < end; i++)
        {
            for (int s = 0; s < TSamples.Count; s++)
            {
                float* value = y + (rows[i] >> shift) + s;
                *value = MathF.Max(0, *value);
            }
        }
    }
}
