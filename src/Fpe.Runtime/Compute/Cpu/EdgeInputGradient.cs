namespace Fpe.Compute.Cpu;

internal sealed unsafe partial class CpuKernels
{
    /// <summary>Outputs whose lanes for one tile stay in the first-level cache, as in the forward pass; whole groups.</summary>
    private const int InputGradientRows = 4 * CpuBlock.GroupHeight;

    public void EdgeInputGradient(DeviceEdges edges, DeviceBuffer weights, Activations dz, Activations dx, int batch)
    {
        var structure = (CpuEdges)edges;
        float* w = Floats(weights).Address;
        for (int p = 0; p < Panels(dz).PanelCount(batch); p++)
        {
            Panel outputs = Panels(dz).PanelAt(p, batch);
            Panel inputs = Panels(dx).PanelAt(p, batch);
            for (int i = 0; i < dx.Features; i++)
                FillLanes(inputs.Row(i), 0, inputs.Lanes);
            foreach (ref readonly CpuBlock block in structure.Blocks)
                InputGradientBlock(block, w, outputs, inputs);
            InputGradientSegments(structure.Segments, w, outputs, inputs);
        }
    }

    private static void InputGradientBlock(in CpuBlock block, float* weights, in Panel dz, in Panel dx)
    {
        for (int first = 0; first < block.RowCount; first += InputGradientRows)
        {
            int end = Math.Min(block.RowCount, first + InputGradientRows);
            for (int lane = 0; lane < dz.Lanes; lane += Panel.LaneStep)
            {
                for (int column = 0; column < block.ColumnCount; column += InputGradientTile.Columns)
                    InputGradientTile.Add(weights, block, first, end, column, dz.Values + lane, dx.Values + lane, dz.Width);
            }
        }
    }

    private static void InputGradientSegments(RowSegments segments, float* weights, in Panel dz, in Panel dx)
    {
        for (int s = 0; s < segments.Count; s++)
        {
            float* w = segments.Weights(weights, s);
            float* gradient = dz.Row(segments.Row(s));
            int* columns = segments.Columns(s);
            int count = segments.EdgeCount(s);
            if (dz.Lanes == Panel.MaximumWidth)
            {
                RowInputGradient.AddFullPanel(w, columns, count, gradient, dx.Values);
                continue;
            }

            for (int lane = 0; lane < dz.Lanes; lane += Panel.LaneStep)
                RowInputGradient.Add(w, columns, count, gradient + lane, dx.Values + lane, dx.Width);
        }
    }
}
