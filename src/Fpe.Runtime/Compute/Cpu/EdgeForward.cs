using System.Runtime.Intrinsics;

namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>
    /// Inputs whose lanes for one tile stay in the first-level cache while all rows read them. The lines of a tile lie 256 bytes
    /// apart and so share a quarter of the cache's sets: 64 of them take half of those.
    /// </summary>
    private const int ForwardColumns = 64;

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
            ForwardSegments(structure.Segments, w, inputs, sums);
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

    private static void ForwardSegments(RowSegments segments, float* weights, in Panel x, in Panel y)
    {
        for (int s = 0; s < segments.Count; s++)
        {
            float* w = segments.Weights(weights, s);
            float* sums = y.Row(segments.Row(s));
            int* columns = segments.Columns(s);
            int count = segments.EdgeCount(s);
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
