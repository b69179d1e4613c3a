using System.Collections;
using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe.Runtime.Tests.Expansion;

public sealed class EdgeLayoutTests
{
    [Fact]
    public void A_layout_is_its_blocks_and_flags() => Chain.ForAll(chain =>
    {
        ExpandedLayer[] layers = SplitExpansion.Default.ExpandLayers(chain.Parents, chain.Number);
        foreach (ExpandedLayer layer in Pruner.Prune(layers, (layers.Sum(layer => layer.Layout.EdgeCount) * 3 / 4) + 1, new long[layers.Length]))
        {
            EdgeLayout layout = layer.Layout;
            var blocks = new (int[] Rows, int[] Columns)[layout.BlockCount];
            for (int b = 0; b < blocks.Length; b++)
                blocks[b] = (layout.Block(b).Rows.ToArray(), layout.Block(b).Columns.ToArray());
            var kept = new BitArray([.. Enumerable.Range(0, layout.SlotCount).Select(layout.IsKept)]);

            var copy = EdgeLayout.OfBlocks(layout.Structure, layout.OutputCount, layout.InputCount, blocks, kept);

            Assert.Equal(Edge.Of(layout, layer.Weights), Edge.Of(copy, layer.Weights));
            Assert.Equal(layout.HasHoles, copy.HasHoles);
            Assert.Equal(Enumerable.Range(0, layout.OutputCount), blocks.SelectMany(block => block.Rows).Order());
        }
    });

    [Fact]
    public void Rows_are_found_in_their_own_order() => Chain.ForAll(chain =>
    {
        foreach (ExpandedLayer layer in SplitExpansion.Default.ExpandLayers(chain.Parents, chain.Number))
        {
            var rows = new LayoutRows(layer.Layout);
            var edges = new List<Edge>();
            for (int row = 0; row < layer.Layout.OutputCount; row++)
            {
                int slot = rows.FirstSlot(row);
                foreach (int column in rows.Columns(row))
                    edges.Add(new Edge(row, column, layer.Weights[slot++]));
            }

            Assert.Equal(Edge.Of(layer).OrderBy(edge => (edge.Row, edge.Column)), edges);
        }
    });

    [Fact]
    public void Flags_that_are_all_set_leave_no_holes()
    {
        EdgeLayout layout = EdgeLayout.Dense(2, 3).WithHoles(new BitArray(6, defaultValue: true));
        Assert.False(layout.HasHoles);
        Assert.Equal(6, layout.EdgeCount);
    }

    [Fact]
    public void Broken_blocks_are_refused()
    {
        AssertRefused([([0], [0])]);
        AssertRefused([([0], [0]), ([0], [1])]);
        AssertRefused([([0], [0]), ([2], [1])]);
        AssertRefused([([0], [1, 0]), ([1], [])]);
        AssertRefused([([0], [1, 1]), ([1], [])]);
        AssertRefused([([0], [3]), ([1], [])]);
        AssertRefused([([0], [-1]), ([1], [])]);
        Assert.Throws<ArgumentException>(() => EdgeLayout.Dense(2, 3).WithHoles(new BitArray(5)));
    }

    private static void AssertRefused((int[] Rows, int[] Columns)[] blocks) =>
        Assert.Throws<ArgumentException>(() => EdgeLayout.OfBlocks(EdgeStructure.Sparse, 2, 3, blocks));
}
