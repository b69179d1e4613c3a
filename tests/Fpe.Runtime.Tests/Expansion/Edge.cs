using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe.Runtime.Tests.Expansion;

/// <summary>An edge that exists, read block by block from a layout.</summary>
internal readonly record struct Edge(int Row, int Column, double Weight)
{
    public static List<Edge> Of(ExpandedLayer layer) => Of(layer.Layout, layer.Weights);

    public static List<Edge> Of(EdgeLayout layout, double[] weights)
    {
        Assert.Equal(layout.SlotCount, weights.Length);
        var edges = new List<Edge>();
        int slot = 0;
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            Assert.Equal(slot, block.FirstSlot);
            foreach (int row in block.Rows)
            {
                foreach (int column in block.Columns)
                {
                    if (layout.IsKept(slot))
                        edges.Add(new Edge(row, column, weights[slot]));
                    else
                        Assert.Equal(0, weights[slot]);
                    slot++;
                }
            }
        }

        Assert.Equal(layout.SlotCount, slot);
        Assert.Equal(layout.EdgeCount, edges.Count);
        return edges;
    }
}
