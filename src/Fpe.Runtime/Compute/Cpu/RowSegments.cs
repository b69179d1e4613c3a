namespace Fpe.Compute.Cpu;

/// <summary>
/// Blocks of one row, cut into bands of neighbouring columns. A segment is the edges of one row within one band; segments, and
/// the weights and columns of their edges, lie band by band, and row by row within a band. Kernels that follow this order
/// read a band's inputs from the first-level cache for all rows but the first, and everything else from front to back.
/// </summary>
internal sealed unsafe class RowSegments : IDisposable
{
    /// <summary>Columns whose panel, 64 lanes each, takes half of a 32 KiB cache.</summary>
    private const int NarrowestBand = 64;

    /// <summary>Edges that a segment should have, or its sums are loaded and stored too often.</summary>
    private const int EdgesPerSegment = 8;

    private readonly AlignedMemory columns;
    private readonly List<int> rows = [];
    private readonly List<int> starts = [];
    private readonly int firstWeight;

    /// <summary>Makes the segments.</summary>
    /// <param name="layout">The layout.</param>
    /// <param name="single">Its blocks of one row.</param>
    /// <param name="firstWeight">Element of the first weight in a buffer over the edges.</param>
    /// <param name="elements">Receives the element of each of the blocks' slots.</param>
    public RowSegments(EdgeLayout layout, int[] single, int firstWeight, int[] elements)
    {
        this.firstWeight = firstWeight;
        long edges = single.Sum(b => (long)layout.Block(b).SlotCount);
        columns = new AlignedMemory(sizeof(int) * edges);
        long bandWidth = Math.Max(NarrowestBand, EdgesPerSegment * (long)layout.InputCount * single.Length / Math.Max(1, edges));
        var done = new int[single.Length];
        int edge = 0;
        for (long bandEnd = bandWidth; edge < edges; bandEnd += bandWidth)
        {
            for (int i = 0; i < single.Length; i++)
            {
                EdgeBlock block = layout.Block(single[i]);
                int start = edge;
                for (; done[i] < block.Columns.Length && block.Columns[done[i]] < bandEnd; done[i]++, edge++)
                {
                    columns.Integers[edge] = block.Columns[done[i]];
                    elements[block.FirstSlot + done[i]] = firstWeight + edge;
                }

                if (edge > start)
                {
                    rows.Add(block.Rows[0]);
                    starts.Add(start);
                }
            }
        }

        starts.Add(edge);
    }

    /// <summary>Number of segments.</summary>
    public int Count => rows.Count;

    /// <summary>Output of a segment.</summary>
    public int Row(int segment) => rows[segment];

    /// <summary>Edges of a segment.</summary>
    public int EdgeCount(int segment) => starts[segment + 1] - starts[segment];

    /// <summary>Inputs of a segment's edges.</summary>
    public int* Columns(int segment) => columns.Integers + starts[segment];

    /// <summary>Weights of a segment's edges.</summary>
    /// <param name="weights">A buffer over the edges.</param>
    /// <param name="segment">From 0 to <see cref="Count"/> − 1.</param>
    public float* Weights(float* weights, int segment) => weights + firstWeight + starts[segment];

    public void Dispose() => columns.Dispose();
}
