using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>Outputs whose lanes stay in the first-level cache while all inputs read them, for two panels: 2 × 8 KiB.</summary>
    private const int InputGradientRows = 8 * CpuBlock.GroupHeight;

    /// <summary>Inputs whose weights for those rows stay in the second-level cache for all panels; whole tiles.</summary>
    private const int InputGradientColumns = 96;

    /// <summary>Panels that read a weight while it is in the cache.</summary>
    private const int InputGradientPanels = 2;

    public void EdgeInputGradient(DeviceEdges edges, DeviceBuffer weights, Activations dz, Activations dx, int batch)
    {
        var structure = (CpuEdges)edges;
        float* w = Floats(weights).Address;
        int panelCount = Panel.Count(batch);
        for (int first = 0; first < panelCount; first += InputGradientPanels)
        {
            int count = Math.Min(InputGradientPanels, panelCount - first);
            float* inputs = Panels(dx).Values + first * Panels(dx).PanelStride;
            float* outputs = Panels(dz).Values + first * Panels(dz).PanelStride;
            new Span<float>(inputs, count * (int)Panels(dx).PanelStride).Clear();
            for (int b = 0; b < structure.Blocks.Count; b++)
                InputGradientBlock(structure.Blocks.All + b, w, outputs, Panels(dz).PanelStride, inputs, Panels(dx).PanelStride, count);
        }

        for (int first = 0; first < panelCount; first += ForwardPanels)
        {
            int count = Math.Min(ForwardPanels, panelCount - first);
            for (int band = 0; band < structure.Tiles.ColumnBandCount; band++)
            {
                InputGradientBand(
                    structure.Tiles, w, band, Panels(dz).Values + first * Panels(dz).PanelStride, Panels(dz).PanelStride,
                    Panels(dx).Values + first * Panels(dx).PanelStride, Panels(dx).PanelStride, count);
            }
        }
    }

    private static void InputGradientBlock(CpuBlock* block, float* weights, float* dz, nint dzStride, float* dx, nint dxStride, int panels)
    {
        for (int first = 0; first < block->RowCount; first += InputGradientRows)
        {
            int end = Math.Min(block->RowCount, first + InputGradientRows);
            for (int column = 0; column < block->ColumnCount; column += InputGradientColumns)
            {
                int endColumn = Math.Min(block->ColumnCount, column + InputGradientColumns);
                for (int p = 0; p < panels; p++)
                    InputGradientTiles(block, weights, first, end, column, endColumn, dz + p * dzStride, dx + p * dxStride);
            }
        }
    }

    private static void InputGradientTiles(
        CpuBlock* block, float* weights, int firstRow, int endRow, int firstColumn, int endColumn, float* dz, float* dx)
    {
        int sixes = endColumn - (endColumn - firstColumn) % 6;
        int fours = sixes + (endColumn - sixes) / 4 * 4;
        int twos = fours + (endColumn - fours) / 2 * 2;
        InputGradientTile.Add<Six>(weights, block, firstRow, endRow, firstColumn, sixes, dz, dx);
        InputGradientTile.Add<Four>(weights, block, firstRow, endRow, sixes, fours, dz, dx);
        InputGradientTile.Add<Two>(weights, block, firstRow, endRow, fours, twos, dz, dx);
        InputGradientTile.Add<One>(weights, block, firstRow, endRow, twos, endColumn, dz, dx);
    }

    /// <summary>Some panels for a band of columns.</summary>
    private static void InputGradientBand(CpuTiles tiles, float* weights, int band, float* dz, nint dzStride, float* dx, nint dxStride, int panels)
    {
        for (int row = 0; row < tiles.RowBandCount; row++)
        {
            CpuTile* tile = tiles.All + row * tiles.ColumnBandCount + band;
            MultiplyTile(
                panels, tile->Columns, tile->ColumnCount, tile->RowsByColumn, weights + tile->FirstWeight,
                dz + tile->FirstRow, dzStride, dx, dxStride);
        }
    }
}
