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
        if (batch == 0)
        {
            Fill(weightGradient, 0);
            return;
        }

        var structure = (CpuEdges)edges;
        float* dw = Floats(weightGradient).Address;
        var gradient = new WeightGradientArguments
        {
            Blocks = structure.Blocks.All,
            Pieces = structure.Blocks.Pieces,
            PieceCount = structure.Blocks.PieceCount,
            Tiles = structure.Tiles.All,
            X = Panels(x).Values,
            XStride = Panels(x).PanelStride,
            Dz = Panels(dz).Values,
            DzStride = Panels(dz).PanelStride,
            Dw = dw,
            Batch = batch,
        };
        int tileCount = structure.Tiles.RowBandCount * structure.Tiles.ColumnBandCount;
        Run(gradient.PieceCount + tileCount, &WeightGradientChunk, &gradient, (long)structure.StorageLength * batch);
        foreach (int hole in structure.Holes)
            dw[hole] = 0;
    }

    /// <summary>All samples for a piece of a block, or for a tile of single edges.</summary>
    private static void WeightGradientChunk(void* arguments, int chunk)
    {
        var gradient = (WeightGradientArguments*)arguments;
        if (chunk < gradient->PieceCount)
            WeightGradientOfPiece(gradient, gradient->Pieces[chunk]);
        else
            WeightGradientOfTile(gradient, gradient->Tiles + (chunk - gradient->PieceCount));
    }

    [SkipLocalsInit]
    private static void WeightGradientOfPiece(WeightGradientArguments* gradient, RowPiece piece)
    {
        float* bySample = stackalloc float[WeightGradientSamples * CpuBlock.GroupHeight];
        CpuBlock* block = gradient->Blocks + piece.Block;
        for (int group = piece.FirstRow; group < piece.EndRow; group += CpuBlock.GroupHeight)
        {
            int height = block->HeightAt(group);
            float* dw = block->Group(gradient->Dw, group);
            for (int start = 0; start < gradient->Batch; start += WeightGradientSamples)
            {
                int samples = Math.Min(WeightGradientSamples, gradient->Batch - start);
                nint firstPanel = start / Panel.Width;
                for (int p = 0; p < Panel.Count(samples); p++)
                {
                    var outputs = new Panel(
                        gradient->Dz + (firstPanel + p) * gradient->DzStride, Math.Min(Panel.Width, samples - p * Panel.Width));
                    Transpose.RowsToSamples(outputs, block->Rows + group, height, bySample + p * Panel.Width * CpuBlock.GroupHeight);
                }

                for (int column = 0; column < block->ColumnCount; column += WeightGradientTile.Columns)
                {
                    int width = Math.Min(WeightGradientTile.Columns, block->ColumnCount - column);
                    WeightGradientTile.Run(
                        bySample, block->Columns + column, width, block->ColumnCount - column - width,
                        gradient->X + firstPanel * gradient->XStride, gradient->XStride, samples, dw + (nint)column * height, height, start > 0);
                }
            }
        }
    }

    private static void WeightGradientOfTile(WeightGradientArguments* gradient, CpuTile* tile)
    {
        for (int start = 0; start < gradient->Batch; start += TileSamples)
        {
            nint panel = start / Panel.Width;
            TileWeightGradient.Run(
                tile, gradient->Dz + panel * gradient->DzStride, gradient->DzStride, gradient->X + panel * gradient->XStride,
                gradient->XStride, Math.Min(TileSamples, gradient->Batch - start), gradient->Dw, start > 0);
        }
    }

    private struct WeightGradientArguments
    {
        public CpuBlock* Blocks;
        public RowPiece* Pieces;
        public CpuTile* Tiles;
        public float* X, Dz, Dw;
        public nint XStride, DzStride;
        public int PieceCount, Batch;
    }
}
