using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>Batches up to this size, such as the single sample of a prediction, go by samples instead of whole panels.</summary>
    private const int FewSamples = 8;

    /// <summary>A piece of a block, or a band of single rows, for all of up to 8 samples.</summary>
    [SkipLocalsInit]
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
                float* x = forward->X + s;
                if (samples > 2)
                    SampleTile.Run<Four>(w, height, block->Columns, block->ColumnCount, x, bias, results, forward->Relu);
                else if (samples == 2)
                    SampleTile.Run<Two>(w, height, block->Columns, block->ColumnCount, x, bias, results, forward->Relu);
                else
                    SampleTile.Run<One>(w, height, block->Columns, block->ColumnCount, x, bias, results, forward->Relu);
                Place(results, samples, rows, height, forward->Y + s);
            }
        }
    }

    /// <summary>y[rows[r], s] = results[s, r].</summary>
    private static void Place(float* results, int samples, uint* rows, int height, float* y)
    {
        for (int s = 0; s < samples; s++)
        {
            for (int r = 0; r < height; r++)
                y[rows[r] + s] = results[s * CpuBlock.GroupHeight + r];
        }
    }

    private static void ForwardFewOfBand(ForwardArguments* forward, int band)
    {
        int* rows = forward->TileRows;
        int start = forward->TileRowStarts[band], end = forward->TileRowStarts[band + 1];
        for (int i = start; i < end; i++)
            Spread(forward->Bias[rows[i]], forward->Y + rows[i] * Panel.Width);
        for (int column = 0; column < forward->ColumnBandCount; column++)
        {
            CpuTile* tile = forward->Tiles + band * forward->ColumnBandCount + column;
            TileProduct.AddFew(
                tile->Rows, tile->RowCount, tile->ColumnsByRow, forward->Weights + tile->FirstWeight,
                forward->X + tile->FirstColumn, forward->Y);
        }

        for (int i = start; forward->Relu && i < end; i++)
            ForwardTile.Relu(forward->Y + rows[i] * Panel.Width);
    }
}
