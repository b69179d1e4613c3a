using System.Runtime.CompilerServices;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    public void EdgeWeightGradient(DeviceEdges edges, Activations x, Activations dz, DeviceBuffer weightGradient, int batch)
    {
        var structure = (CpuEdges)edges;
        Fill(weightGradient, 0);
        float* dw = Floats(weightGradient).Address;
        for (int p = 0; p < Panels(x).PanelCount(batch); p++)
        {
            Panel inputs = Panels(x).PanelAt(p, batch);
            Panel outputs = Panels(dz).PanelAt(p, batch);
            foreach (ref readonly CpuBlock block in structure.Blocks)
                WeightGradientBlock(block, inputs, outputs, dw);
            WeightGradientSingleRows(structure.SingleRows, inputs, outputs, dw);
        }

        foreach (int hole in structure.Holes)
            dw[hole] = 0;
    }

    [SkipLocalsInit]
    private static void WeightGradientBlock(in CpuBlock block, in Panel x, in Panel dz, float* weightGradient)
    {
        float* bySample = stackalloc float[Panel.MaximumWidth * CpuBlock.GroupHeight];
        for (int group = 0; group < block.RowCount; group += CpuBlock.GroupHeight)
        {
            int height = block.HeightAt(group);
            float* dw = block.Group(weightGradient, group);
            Transpose.RowsToSamples(dz, block.Rows + group, height, bySample);
            for (int column = 0; column < block.ColumnCount; column += WeightGradientTile.Columns)
            {
                WeightGradientTile.Add(
                    bySample, block.Columns + column, Math.Min(WeightGradientTile.Columns, block.ColumnCount - column),
                    x, dw + (nint)column * height, height);
            }
        }
    }

    private static void WeightGradientSingleRows(ColumnBands bands, in Panel x, in Panel dz, float* weightGradient)
    {
        var rows = bands.Rows;
        for (int band = 0; band < bands.Count; band++)
        {
            var starts = bands.Starts(band);
            var ends = bands.Starts(band + 1);
            for (int r = 0; r < rows.Length; r++)
            {
                float* dw = rows[r].Group(weightGradient, 0) + starts[r];
                RowWeightGradient.Add(dz.Row(rows[r].Rows[0]), rows[r].Columns + starts[r], ends[r] - starts[r], x, dw);
            }
        }
    }
}
