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
            WeightGradientSegments(structure.Segments, inputs, outputs, dw);
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

    private static void WeightGradientSegments(RowSegments segments, in Panel x, in Panel dz, float* weightGradient)
    {
        for (int s = 0; s < segments.Count; s++)
        {
            RowWeightGradient.Add(
                dz.Row(segments.Row(s)), segments.Columns(s), segments.EdgeCount(s), x, segments.Weights(weightGradient, s));
        }
    }
}
