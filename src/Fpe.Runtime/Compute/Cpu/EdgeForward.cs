using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>Inputs whose lanes for one tile stay in the first-level cache while all rows read them.</summary>
    private const int ForwardColumns = 128;

    public void EdgeForward(
        DeviceEdges edges, DeviceBuffer weights, DeviceBuffer bias, ActivationFunction function,
        Activations x, Activations? z, Activations y, int batch)
    {
        var structure = (CpuEdges)edges;
        float* w = Floats(weights).Address;
        float* b = Floats(bias).Address;
        for (int p = 0; p < Panels(x).PanelCount(batch); p++)
        {
            Panel inputs = Panels(x).PanelAt(p, batch);
            Panel outputs = Panels(y).PanelAt(p, batch);
            Panel sums = Panels(z ?? y).PanelAt(p, batch);
            for (int o = 0; o < y.Features; o++)
                FillLanes(sums.Row(o), b[o], sums.Lanes);
            foreach (ref readonly CpuBlock block in structure.Blocks)
                ForwardBlock(block, w, inputs, sums);
            ForwardSingleRows(structure.SingleRows, w, inputs, sums);
            Activate(function, sums, outputs, y.Features);
        }
    }

    private static void FillLanes(float* row, float value, int lanes)
    {
        var vector = Vector256.Create(value);
        for (int l = 0; l < lanes; l += Vector256<float>.Count)
            vector.Store(row + l);
    }

    private static void ForwardBlock(in CpuBlock block, float* weights, in Panel x, in Panel y)
    {
        for (int first = 0; first < block.ColumnCount; first += ForwardColumns)
        {
            int columnCount = Math.Min(ForwardColumns, block.ColumnCount - first);
            for (int group = 0; group < block.RowCount; group += CpuBlock.GroupHeight)
            {
                int height = block.HeightAt(group);
                float* w = block.Group(weights, group) + (nint)first * height;
                for (int lane = 0; lane < x.Lanes; lane += Panel.LaneStep)
                {
                    for (int row = 0; row < height; row += ForwardTile.Rows)
                    {
                        ForwardTile.Add(
                            w + row, height, block.Rows + group + row, Math.Min(ForwardTile.Rows, height - row),
                            block.Columns + first, columnCount, x.Values + lane, y.Values + lane, x.Width);
                    }
                }
            }
        }
    }

    private static void ForwardSingleRows(ColumnBands bands, float* weights, in Panel x, in Panel y)
    {
        var rows = bands.Rows;
        for (int band = 0; band < bands.Count; band++)
        {
            var starts = bands.Starts(band);
            var ends = bands.Starts(band + 1);
            for (int r = 0; r < rows.Length; r++)
            {
                float* w = rows[r].Group(weights, 0) + starts[r];
                float* sums = y.Row(rows[r].Rows[0]);
                int* columns = rows[r].Columns + starts[r];
                int count = ends[r] - starts[r];
                if (x.Lanes == Panel.MaximumWidth)
                {
                    RowForward.AddFullPanel(w, columns, count, x.Values, sums);
                    continue;
                }

                for (int lane = 0; lane < x.Lanes; lane += Panel.LaneStep)
                    RowForward.Add(w, columns, count, x.Values + lane, x.Width, sums + lane);
            }
        }
    }
}
