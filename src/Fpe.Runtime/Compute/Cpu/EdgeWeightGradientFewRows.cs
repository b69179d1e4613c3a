using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

/// <content>The gradient by the weights of blocks of so few rows that the tiles of other blocks would be partly empty.</content>
internal sealed unsafe partial class CpuKernels
{
    /// <summary>Computes all samples for a block of 8 rows.</summary>
    /// <param name="gradient">The arguments.</param>
    /// <param name="block">The block.</param>
    /// <param name="dzOfSamples">Memory for the gradients of <see cref="WeightGradientTile.MaximumSamples"/> samples.</param>
    /// <param name="sums">One vector of sums per row.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WeightGradientOfEightRows(WeightGradientArguments* gradient, CpuBlock* block, float* dzOfSamples, float* sums)
    {
        bool isWide = gradient->Width == VectorWidth.Bits512 && gradient->Batch >= WideEightRowsGradientTile.FewestSamples;
        int tile = isWide ? WideEightRowsGradientTile.Columns : EightRowsGradientTile.Columns;
        float* ordered = stackalloc float[EightRowsGradientTile.Rows * Panel.Width];
        float* dw = block->Group(gradient->Dw, 0);
        for (int start = 0; start < gradient->Batch; start += WeightGradientTile.MaximumSamples)
        {
            int samples = Math.Min(WeightGradientTile.MaximumSamples, gradient->Batch - start);
            for (int s = 0; s < samples; s += Panel.Width)
            {
                nint panel = (start + s) / Panel.Width;
                int lanes = Math.Min(Panel.Width, samples - s);
                Prefetch(gradient, block->Rows, block->RowCount, s + Panel.Width < samples ? panel + 1 : panel);
                float* dz = dzOfSamples + s * EightRowsGradientTile.Rows;
                if (isWide)
                {
                    OutputGradientOfPanel(gradient, block->Rows, block->RowCount, panel, lanes, dz, sums);
                    for (int r = 0; lanes < Panel.Width && r < EightRowsGradientTile.Rows; r++)
                        FewRowsGradientTile.Copy(dz + r * Panel.Width, lanes, dz + r * Panel.Width);
                }
                else
                {
                    OutputGradientOfPanel(gradient, block->Rows, block->RowCount, panel, lanes, ordered, sums);
                    Transpose.EightRowsToSamples(ordered, Panel.Width, lanes, dz, EightRowsGradientTile.Rows);
                }
            }

            float* x = gradient->X + start / Panel.Width * gradient->XStride;
            for (int column = 0; column < block->ColumnCount; column += tile)
            {
                uint* columns = block->Columns + column;
                int width = Math.Min(tile, block->ColumnCount - column);
                uint* next = columns + (block->ColumnCount - column >= 2 * tile ? tile : 0);
                float* place = dw + (nint)column * EightRowsGradientTile.Rows;
                if (isWide)
                    WideEightRowsGradientTile.Run(dzOfSamples, columns, width, next, x, gradient->XStride, samples, place, add: start > 0);
                else
                    EightRowsGradientTile.Run(dzOfSamples, columns, width, next, x, gradient->XStride, samples, place, add: start > 0);
            }
        }
    }

    /// <summary>Computes all samples for a block of few rows.</summary>
    /// <param name="gradient">The arguments.</param>
    /// <param name="block">The block.</param>
    /// <param name="dz">Memory for the gradients of <see cref="WeightGradientTile.MaximumSamples"/> samples, and of 6 rows more.</param>
    /// <param name="sums">One vector of sums per row.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WeightGradientOfFewRows<TLanes, TVector>(WeightGradientArguments* gradient, CpuBlock* block, float* dz, float* sums)
        where TLanes : struct, ITileVector<TVector>
    {
        float* tile = stackalloc float[FewRowsGradientTile.MaximumColumns * 8];
        int height = block->RowCount, most = FewRowsGradientTile.ColumnsOf<TLanes, TVector>();
        for (int start = 0; start < gradient->Batch; start += WeightGradientTile.MaximumSamples)
        {
            int samples = Math.Min(WeightGradientTile.MaximumSamples, gradient->Batch - start);
            OrderFewRows(gradient, block, start, samples, dz, sums);
            float* x = gradient->X + start / Panel.Width * gradient->XStride;
            for (int column = 0; column < block->ColumnCount; column += most)
            {
                int width = Math.Min(most, block->ColumnCount - column);
                uint* columns = block->Columns + column;
                uint* next = columns + (block->ColumnCount - column >= most + FewRowsGradientTile.MaximumColumns ? most : 0);
                for (int row = 0; row < height; row += FewRowsGradientTile.Rows)
                {
                    int rows = Math.Min(FewRowsGradientTile.Rows, height - row);
                    FewRowsGradientTile.Run<TLanes, TVector>(
                        dz + row * Panel.Width, columns, width, next, x, gradient->XStride, samples, tile);
                    float* place = block->Group(gradient->Dw, 0) + (nint)column * height + row;
                    for (int c = 0; c < width; c++, place += height)
                    {
                        float* sum = tile + c * 8;
                        int first = 0;
                        if (rows >= 4)
                        {
                            (start > 0 ? Vector128.Load(place) + Vector128.Load(sum) : Vector128.Load(sum)).Store(place);
                            first = 4;
                        }

                        for (int r = first; r < rows; r++)
                            place[r] = start > 0 ? place[r] + sum[r] : sum[r];
                    }
                }
            }
        }
    }

    /// <summary>
    /// dz[p, r, s] = the gradients of the rows r of a block of few rows, 0 beyond the batch; and their sums over s. What is written after
    /// the rows of a panel is overwritten by the next.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OrderFewRows(WeightGradientArguments* gradient, CpuBlock* block, int start, int samples, float* dz, float* sums)
    {
        for (int s = 0; s < samples; s += Panel.Width, dz += FewRowsGradientTile.PanelStride)
        {
            int lanes = Math.Min(Panel.Width, samples - s);
            OutputGradientOfPanel(gradient, block->Rows, block->RowCount, (start + s) / Panel.Width, lanes, dz, sums);
            int used = block->RowCount * Panel.Width;
            new Span<float>(dz + used, FewRowsGradientTile.PanelStride - used).Clear();
            for (int r = 0; lanes < Panel.Width && r < block->RowCount; r++)
                FewRowsGradientTile.Copy(dz + r * Panel.Width, lanes, dz + r * Panel.Width);
        }
    }
}
