using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>Batches up to this size, such as the single sample of a prediction, go by samples instead of whole panels.</summary>
    private const int FewSamples = 8;

    /// <summary>Floats of the caller's stack that the inputs of a few samples may take; else they are read where they are.</summary>
    private const int FewValues = 16 * 1024;

    [SkipLocalsInit]
    private void ForwardFew(ForwardArguments* forward, int inputs, int parts, long work)
    {
        forward->Inputs = inputs;
        int whole = (forward->Batch - 1) / 4 * 4;
        long values = (long)(whole + SamplesOfTile(forward->Batch - whole)) * inputs;
        float* few = stackalloc float[values <= FewValues ? (int)values : 0];
        if (forward->PieceCount > 0 && values <= FewValues)
        {
            forward->Few = few;
            for (int s = 0; s < forward->Batch; s += 4)
                Condense(forward->X + s, inputs, SamplesOfTile(forward->Batch - s), few + s * (nint)inputs);
        }

        Run(parts, &ForwardFewChunk, forward, work);
    }

    /// <summary>A tile computes 1, 2 or 4 samples.</summary>
    private static int SamplesOfTile(int samplesLeft) => samplesLeft > 2 ? 4 : samplesLeft;

    /// <summary>
    /// few[i, s] = x[i, s] for some samples. In a panel every feature is a cache line; side by side, the inputs of a few samples
    /// stay in the first-level cache while all rows read them.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Condense(float* x, int inputs, int samples, float* few)
    {
        for (int i = 0; i < inputs; i++, x += Panel.Width)
        {
            for (int s = 0; s < samples; s++)
                *few++ = x[s];
        }
    }

    /// <summary>A piece of a block, or a band of single rows, for all of up to 8 samples.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardFewChunk(void* arguments, int chunk)
    {
        var forward = (ForwardArguments*)arguments;
        if (chunk >= forward->PieceCount)
        {
            ForwardFewOfBand(forward, chunk - forward->PieceCount);
            return;
        }

        RowPiece piece = forward->Pieces[chunk];
        CpuBlock* block = forward->Blocks + piece.Block;
        float* results = stackalloc float[4 * CpuBlock.GroupHeight];
        float* bias = stackalloc float[CpuBlock.GroupHeight];
        for (int group = piece.FirstRow; group < piece.EndRow; group += CpuBlock.GroupHeight)
        {
            int height = block->HeightAt(group);
            uint* rows = block->Rows + group;
            float* w = block->Group(forward->Weights, group);
            for (int r = 0; r < height; r++)
                bias[r] = forward->Bias[rows[r] / Panel.Width];
            for (int s = 0; s < forward->Batch; s += 4)
            {
                int samples = Math.Min(4, forward->Batch - s);
                bool isCondensed = forward->Few != null;
                float* x = isCondensed ? forward->Few + s * (nint)forward->Inputs : forward->X + s;
                switch (SamplesOfTile(samples))
                {
                    case 4:
                        SampleTile.Run<Four>(w, height, block->Columns, block->ColumnCount, x, isCondensed, bias, results, forward->Relu);
                        break;
                    case 2:
                        SampleTile.Run<Two>(w, height, block->Columns, block->ColumnCount, x, isCondensed, bias, results, forward->Relu);
                        break;
                    default:
                        SampleTile.Run<One>(w, height, block->Columns, block->ColumnCount, x, isCondensed, bias, results, forward->Relu);
                        break;
                }

                Place(results, samples, rows, height, forward->Y + s);
            }
        }
    }

    /// <summary>y[rows[r], s] = results[s, r].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Place(float* results, int samples, uint* rows, int height, float* y)
    {
        for (int s = 0; s < samples; s++)
        {
            for (int r = 0; r < height; r++)
                y[rows[r] + s] = results[s * CpuBlock.GroupHeight + r];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ForwardFewOfBand(ForwardArguments* forward, int band)
    {
        uint* rows = forward->TileRows;
        int start = forward->TileRowStarts[band], end = forward->TileRowStarts[band + 1];
        for (int i = start; i < end; i++)
            Spread(forward->Bias[rows[i] / Panel.Width], forward->Y + rows[i]);
        for (int column = 0; column < forward->ColumnBandCount; column++)
        {
            CpuTile* tile = forward->Tiles + band * forward->ColumnBandCount + column;
            TileProduct.AddFew(
                tile->Rows, tile->RowCount, tile->ColumnsByRow, forward->Weights + tile->FirstWeight,
                forward->X + tile->FirstColumn, forward->Y);
        }

        for (int i = start; forward->Relu && i < end; i++)
            ForwardTile.Relu(forward->Y + rows[i]);
    }
}
