using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>Samples that are summed in registers; the gradients of a group of rows for them (16 KiB) stay in the first-level cache.</summary>
    private const int WeightGradientSamples = 256;

    /// <summary>Samples that are summed in registers for single edges: their gradients for half of a band of rows are 16 KiB.</summary>
    private const int TileSamples = 128;

    public void EdgeWeightGradient(DeviceEdges edges, Activations x, Activations dz, DeviceBuffer weightGradient, int batch)
    {
        var structure = (CpuEdges)edges;
        float* dw = Floats(weightGradient).Address;
        if (batch == 0)
        {
            Fill(weightGradient, 0);
            return;
        }

        for (int piece = 0; piece < structure.Blocks.PieceCount; piece++)
            WeightGradientPiece(structure.Blocks, piece, Panels(x), Panels(dz), dw, batch);
        CpuTiles tiles = structure.Tiles;
        for (int t = 0; t < tiles.RowBandCount * tiles.ColumnBandCount; t++)
            WeightGradientOfTile(tiles.All + t, Panels(x), Panels(dz), dw, batch);
        foreach (int hole in structure.Holes)
            dw[hole] = 0;
    }

    [SkipLocalsInit]
    private static void WeightGradientPiece(CpuBlocks blocks, int index, CpuActivations x, CpuActivations dz, float* weightGradient, int batch)
    {
        float* bySample = stackalloc float[WeightGradientSamples * CpuBlock.GroupHeight];
        RowPiece piece = blocks.Pieces[index];
        CpuBlock* block = blocks.All + piece.Block;
        for (int group = piece.FirstRow; group < piece.EndRow; group += CpuBlock.GroupHeight)
        {
            int height = block->HeightAt(group);
            float* dw = block->Group(weightGradient, group);
            for (int start = 0; start < batch; start += WeightGradientSamples)
            {
                int samples = Math.Min(WeightGradientSamples, batch - start);
                int firstPanel = start / Panel.Width;
                for (int p = 0; p < Panel.Count(samples); p++)
                {
                    Transpose.RowsToSamples(
                        dz.PanelAt(firstPanel + p, batch), block->Rows + group, height, bySample + p * Panel.Width * CpuBlock.GroupHeight);
                }

                for (int column = 0; column < block->ColumnCount; column += WeightGradientTile.Columns)
                {
                    int width = Math.Min(WeightGradientTile.Columns, block->ColumnCount - column);
                    WeightGradientTile.Run(
                        bySample, block->Columns + column, width, block->ColumnCount - column - width,
                        x.Values + firstPanel * x.PanelStride, x.PanelStride, samples, dw + (nint)column * height, height, start > 0);
                }
            }
        }
    }

    private static void WeightGradientOfTile(CpuTile* tile, CpuActivations x, CpuActivations dz, float* weightGradient, int batch)
    {
        for (int start = 0; start < batch; start += TileSamples)
        {
            int panel = start / Panel.Width;
            TileWeightGradient.Run(
                tile, dz.Values + panel * dz.PanelStride, dz.PanelStride, x.Values + panel * x.PanelStride, x.PanelStride,
                Math.Min(TileSamples, batch - start), weightGradient, start > 0);
        }
    }
}
