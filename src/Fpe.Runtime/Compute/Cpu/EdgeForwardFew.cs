using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>Computes a piece of a block, or a band of single rows, for up to 8 samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardFewChunk(void* arguments, int chunk)
    {
        var forward = (ForwardArguments*)arguments;
        int lanes = FewSamples.Lanes(forward->Batch);
        if (chunk < forward->PieceCount)
            ForwardFewOfPiece(forward, forward->Pieces[chunk], lanes);
        else if (forward->FamilyBand != null)
            forward->FamilyBand(forward, chunk - forward->PieceCount);
        else if (lanes == 1)
            ForwardFewOfBand<One>(forward, chunk - forward->PieceCount);
        else if (lanes == 2)
            ForwardFewOfBand<Two>(forward, chunk - forward->PieceCount);
        else if (lanes == 4)
            ForwardFewOfBand<Four>(forward, chunk - forward->PieceCount);
        else
            ForwardFewOfBand<Eight>(forward, chunk - forward->PieceCount);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardFewOfPiece(ForwardArguments* forward, RowPiece piece, int lanes)
    {
        CpuBlock* block = forward->Blocks + piece.Block;
        for (int group = piece.FirstRow; group < piece.EndRow; group += CpuBlock.GroupHeight)
        {
            if (lanes == 1)
                ForwardFewOfGroup<One>(forward, block, group, lanes, 0);
            else if (lanes == 2)
                ForwardFewOfGroup<Two>(forward, block, group, lanes, 0);
            for (int first = 0; lanes >= 4 && first < lanes; first += 4)
                ForwardFewOfGroup<Four>(forward, block, group, lanes, first);
        }
    }

    /// <summary>Computes some of the samples for a group of rows.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardFewOfGroup<TSamples>(ForwardArguments* forward, CpuBlock* block, int group, int lanes, int firstSample)
        where TSamples : struct, ITileHeight
    {
        float* results = stackalloc float[TSamples.Count * CpuBlock.GroupHeight];
        float* bias = stackalloc float[CpuBlock.GroupHeight];
        int height = block->HeightAt(group);
        uint* rows = block->Rows + group;
        int row = (int)(rows[0] / Panel.Width);
        bool follow = height == CpuBlock.GroupHeight && Follow(rows);
        for (int r = 0; !follow && r < height; r++)
            bias[r] = forward->Bias[rows[r] / Panel.Width];

        // Adjacent rows, such as those of children, are not copied one by one.
        bool inPlace = follow && TSamples.Count == 1;
        int shift = SampleTile.ShiftOf(lanes);
        SampleTile.Run<TSamples>(
            block->Group(forward->Weights, group), height, block->Columns, block->ColumnCount, forward->X + firstSample, shift,
            follow ? forward->Bias + row : bias, inPlace ? forward->Y + row : results, forward->Relu);
        for (int r = 0; !inPlace && r < height; r++)
        {
            float* target = forward->Y + (rows[r] >> shift) + firstSample;
            for (int s = 0; s < TSamples.Count; s++)
                target[s] = results[s * CpuBlock.GroupHeight + r];
        }
    }

    /// <summary>Returns whether the rows of a whole group are r, r + 1, … r + 15.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Follow(uint* rows)
    {
        var expected = Vector256.Create(rows[0]) + Vector256<uint>.Indices * Panel.Width;
        return Vector256.Load(rows) == expected && Vector256.Load(rows + 8) == expected + Vector256.Create(8u * Panel.Width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardFewOfBand<TLanes>(ForwardArguments* forward, int band)
        where TLanes : struct, ITileHeight
    {
        int shift = SampleTile.ShiftOf(TLanes.Count);
        uint* rows = forward->GridRows;
        int start = forward->GridRowStarts[band], end = forward->GridRowStarts[band + 1];
        for (int i = start; i < end; i++)
        {
            for (int s = 0; s < TLanes.Count; s++)
                forward->Y[(rows[i] >> shift) + s] = forward->Bias[rows[i] / Panel.Width];
        }

        for (int column = 0; column < forward->ColumnBandCount; column++)
        {
            CpuCell* cell = forward->Cells + band * forward->ColumnBandCount + column;
            SampleTile.Add<TLanes>(cell, forward->Weights + cell->FirstWeight, forward->X + (cell->FirstColumn >> shift), forward->Y);
        }

        for (int i = start; forward->Relu && i < end; i++)
        {
            for (int s = 0; s < TLanes.Count; s++)
            {
                float* value = forward->Y + (rows[i] >> shift) + s;
                *value = MathF.Max(0, *value);
            }
        }
    }
}
