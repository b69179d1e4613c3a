using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>Number of outputs whose lanes (4 KiB) stay in the first-level cache while all inputs read them.</summary>
    private const int InputGradientRows = 4 * CpuBlock.GroupHeight;

    /// <summary>
    /// Number of inputs whose weights for those rows (96 KiB) stay in the second-level cache for all panels of a chunk; whole tiles.
    /// </summary>
    private const int InputGradientColumns = 384;

    public void EdgeInputGradient(
        DeviceEdges edges, DeviceBuffer weights, ElementFunction function,
        Activations? z, Activations y, Activations dy, Activations dx, int batch)
    {
        var structure = (CpuEdges)edges;
        if (batch > 0 && batch <= (device.Width == VectorWidth.Bits512 ? 2 : 1) && HasFewGradients(structure))
        {
            FewInputGradient(structure, Floats(weights).Address, FewGradients(function, z, y, dy, batch), dx, batch);
            return;
        }

        int panelCount = Panel.Count(batch);
        var gradient = new InputGradientArguments
        {
            Blocks = structure.Blocks.All,
            BlockCount = structure.Blocks.Count,
            Cells = structure.Grid.All,
            RowBandCount = structure.Grid.RowBandCount,
            ColumnBandCount = structure.Grid.ColumnBandCount,
            Weights = Floats(weights).Address,
            Function = function,
            Argument = SlopeArgument(function, z, y),
            Dz = Panels(dy).Values,
            DzStride = Panels(dy).PanelStride,
            Dx = Panels(dx).Values,
            DxStride = Panels(dx).PanelStride,
            PanelCount = panelCount,
            ChunkPanels = BlockPanels(structure),
            Width = device.Width,
        };
        long work = (long)structure.StorageLength * batch;
        Run(DivideUp(panelCount, gradient.ChunkPanels), &InputGradientOfBlocks, &gradient, work);
        if (structure.Grid.RowCount > 0)
            Run(structure.Grid.ColumnBandCount * DivideUp(panelCount, ChunkPanels), &InputGradientOfBand, &gradient, work);
    }

    /// <summary>Computes some panels for all blocks, after replacing dy by dz and clearing dx.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InputGradientOfBlocks(void* arguments, int chunk)
    {
        var gradient = (InputGradientArguments*)arguments;
        int firstPanel = chunk * gradient->ChunkPanels;
        int panels = Math.Min(gradient->ChunkPanels, gradient->PanelCount - firstPanel);
        float* dz = gradient->Dz + firstPanel * gradient->DzStride;
        float* dx = gradient->Dx + firstPanel * gradient->DxStride;
        if (gradient->Function.Kind != ActivationFunction.Identity)
            TimesSlopes(gradient->Function, gradient->Argument + firstPanel * gradient->DzStride, dz, panels * gradient->DzStride);
        for (int p = 0; p < panels; p++)
            new Span<float>(dx + p * gradient->DxStride, (int)gradient->DxStride).Clear();
        for (int b = 0; b < gradient->BlockCount; b++)
            InputGradientOfBlock(gradient, gradient->Blocks + b, dz, dx, panels);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InputGradientOfBlock(InputGradientArguments* gradient, CpuBlock* block, float* dz, float* dx, int panels)
    {
        for (int first = 0; first < block->RowCount; first += InputGradientRows)
        {
            int end = Math.Min(block->RowCount, first + InputGradientRows);
            for (int column = 0; column < block->ColumnCount; column += InputGradientColumns)
            {
                int endColumn = Math.Min(block->ColumnCount, column + InputGradientColumns);
                for (int p = 0, count; p < panels; p += count)
                {
                    count = PanelsOfTile(gradient->Width, panels - p);
                    float* dzOfPanel = dz + p * gradient->DzStride;
                    float* dxOfPanel = dx + p * gradient->DxStride;
                    if (count == 2)
                        InputGradientTiles<Lanes16, Vector512<float>>(gradient, block, first, end, column, endColumn, dzOfPanel, dxOfPanel);
                    else
                        InputGradientTiles<Lanes8, Vector256<float>>(gradient, block, first, end, column, endColumn, dzOfPanel, dxOfPanel);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InputGradientTiles<TLanes, TVector>(
        InputGradientArguments* gradient, CpuBlock* block, int firstRow, int endRow, int firstColumn, int endColumn, float* dz, float* dx)
        where TLanes : struct, ITileVector<TVector>
    {
        int eights = TLanes.Count == Panel.Width ? endColumn - (endColumn - firstColumn) % 8 : firstColumn;
        int sixes = endColumn - (endColumn - eights) % 6;
        int fours = sixes + (endColumn - sixes) / 4 * 4;
        int twos = fours + (endColumn - fours) / 2 * 2;
        InputGradientTile.Add<TLanes, TVector, Eight>(
            gradient->Weights, block, firstRow, endRow, firstColumn, eights, dz, gradient->DzStride, dx, gradient->DxStride);
        InputGradientTile.Add<TLanes, TVector, Six>(
            gradient->Weights, block, firstRow, endRow, eights, sixes, dz, gradient->DzStride, dx, gradient->DxStride);
        InputGradientTile.Add<TLanes, TVector, Four>(
            gradient->Weights, block, firstRow, endRow, sixes, fours, dz, gradient->DzStride, dx, gradient->DxStride);
        InputGradientTile.Add<TLanes, TVector, Two>(
            gradient->Weights, block, firstRow, endRow, fours, twos, dz, gradient->DzStride, dx, gradient->DxStride);
        InputGradientTile.Add<TLanes, TVector, One>(
            gradient->Weights, block, firstRow, endRow, twos, endColumn, dz, gradient->DzStride, dx, gradient->DxStride);
    }

    /// <summary>Computes up to 4 panels for a band of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void InputGradientOfBand(void* arguments, int chunk)
    {
        var gradient = (InputGradientArguments*)arguments;
        int band = chunk % gradient->ColumnBandCount;
        int firstPanel = chunk / gradient->ColumnBandCount * ChunkPanels;
        int panels = Math.Min(ChunkPanels, gradient->PanelCount - firstPanel);
        float* dz = gradient->Dz + firstPanel * gradient->DzStride;
        float* dx = gradient->Dx + firstPanel * gradient->DxStride;
        for (int row = 0; row < gradient->RowBandCount; row++)
        {
            CpuCell* cell = gradient->Cells + row * gradient->ColumnBandCount + band;
            CellProduct.AddAll(
                gradient->Width, panels, cell->Columns, cell->ColumnCount, cell->RowsByColumn, gradient->Weights + cell->FirstWeight,
                dz + cell->FirstRow, gradient->DzStride, dx, gradient->DxStride);
        }
    }

    private struct InputGradientArguments
    {
        public CpuBlock* Blocks;
        public CpuCell* Cells;
        public ElementFunction Function;
        public float* Weights, Argument, Dz, Dx;
        public nint DzStride, DxStride;
        public int BlockCount, RowBandCount, ColumnBandCount, PanelCount, ChunkPanels;
        public VectorWidth Width;
    }
}
