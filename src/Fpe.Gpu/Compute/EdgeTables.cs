using Fpe.Compute;

namespace Fpe.Gpu.Compute;

/// <summary>
/// The structure of a layer as one array of integers, made once on the host, and where its parts start. Weights are stored in slot order.
/// Blocks of at least <see cref="BlockRows"/> rows are computed as tiles of products, all other rows edge by edge.
/// </summary>
internal sealed class EdgeTables
{
    /// <summary>The fewest rows of a block for which a tile is worth it: with fewer, more than three quarters of a tile are empty.</summary>
    public const int BlockRows = 8;

    /// <summary>Elements of a row: its first slot, where its columns start, and their number.</summary>
    public const int RowFields = 3;

    /// <summary>Elements of a tile: where its rows start, their number, the same of its columns, its first slot, and the slots of a row.</summary>
    public const int TileFields = 6;

    /// <summary>Elements of a piece of a row: the row, where its columns start, their number, and its first slot.</summary>
    public const int PieceFields = 4;

    private readonly EdgeLayout layout;
    private readonly List<int> values = [];

    private EdgeTables(EdgeLayout layout, bool isFilters)
    {
        this.layout = layout;
        int[] rowsOf = new int[layout.BlockCount], columnsOf = new int[layout.BlockCount];
        for (int b = 0; b < layout.BlockCount; b++)
        {
            rowsOf[b] = Add(layout.Block(b).Rows);
            columnsOf[b] = Add(layout.Block(b).Columns);
        }

        Rows = AddRows(columnsOf);
        bool[] isTiled = [.. Enumerable.Range(0, layout.BlockCount).Select(b => !isFilters && layout.Block(b).Rows.Length >= BlockRows)];
        AddTiles(isTiled, rowsOf, columnsOf);
        AddSingleRows(isTiled, columnsOf);
        HasInputTiles = AddInputTiles(isTiled, rowsOf, columnsOf);
        if (!HasInputTiles)
            AddColumns();
        if (isFilters)
            AddSlots();
        if (layout.HasHoles)
            AddHoles();
    }

    public int[] Values => [.. values];

    /// <summary>Where the table of all rows starts.</summary>
    public int Rows { get; }

    public int ForwardTiles { get; private set; }

    public int ForwardTileCount { get; private set; }

    public int GradientTiles { get; private set; }

    public int GradientTileCount { get; private set; }

    /// <summary>Whether every input is read by one block at most, so that gradients by inputs are tiles too.</summary>
    public bool HasInputTiles { get; }

    public int InputTiles { get; private set; }

    public int InputTileCount { get; private set; }

    /// <summary>Whether tiles cover all inputs; the others get 0.</summary>
    public bool CoversInputs { get; private set; }

    /// <summary>Where the list of the rows that are in no tile starts.</summary>
    public int SingleRows { get; private set; }

    public int SingleRowCount { get; private set; }

    public int Pieces { get; private set; }

    public int PieceCount { get; private set; }

    /// <summary>Where the starts of all inputs' edges are; edges are pairs of row and slot.</summary>
    public int Columns { get; private set; }

    /// <summary>For filters, where a pair of row and column for each slot starts.</summary>
    public int Slots { get; private set; }

    /// <summary>Gets the number of slots.</summary>
    public int SlotCount => layout.SlotCount;

    /// <summary>Where a bit for each slot starts that says whether it has an edge; −1 if all have.</summary>
    public int Holes { get; private set; } = -1;

    public static EdgeTables Of(EdgeLayout layout) => new(layout, isFilters: false);

    /// <summary>Filters are computed edge by edge.</summary>
    public static EdgeTables OfFilters(EdgeLayout layout) => new(layout, isFilters: true);

    private int Add(ReadOnlySpan<int> numbers)
    {
        int start = values.Count;
        values.AddRange(numbers);
        return start;
    }

    private int AddRows(int[] columnsOf)
    {
        var table = new int[layout.OutputCount * RowFields];
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            for (int r = 0; r < block.Rows.Length; r++)
            {
                int slot = block.FirstSlot + (r * block.Columns.Length);
                new[] { slot, columnsOf[b], block.Columns.Length }.CopyTo(table, block.Rows[r] * RowFields);
            }
        }

        return Add(table);
    }

    private void AddTiles(bool[] isTiled, int[] rowsOf, int[] columnsOf)
    {
        List<int> forward = [], gradient = [];
        for (int b = 0; b < layout.BlockCount; b++)
        {
            (int rows, int columns, int first) = (layout.Block(b).Rows.Length, layout.Block(b).Columns.Length, layout.Block(b).FirstSlot);
            for (int r = 0; r < rows && isTiled[b]; r += ProductTile.Rows)
            {
                int height = Math.Min(ProductTile.Rows, rows - r);
                forward.AddRange([rowsOf[b] + r, height, columnsOf[b], columns, first + (r * columns), columns]);
                for (int c = 0; c < columns; c += ProductTile.Columns)
                {
                    int width = Math.Min(ProductTile.Columns, columns - c);
                    gradient.AddRange([rowsOf[b] + r, height, columnsOf[b] + c, width, first + (r * columns) + c, columns]);
                }
            }
        }

        (ForwardTiles, ForwardTileCount) = (Add([.. forward]), forward.Count / TileFields);
        (GradientTiles, GradientTileCount) = (Add([.. gradient]), gradient.Count / TileFields);
    }

    private void AddSingleRows(bool[] isTiled, int[] columnsOf)
    {
        List<int> single = [], pieces = [];
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            for (int r = 0; r < block.Rows.Length && !isTiled[b]; r++)
            {
                single.Add(block.Rows[r]);
                for (int c = 0; c < block.Columns.Length; c += EdgePiece.Edges)
                {
                    int slot = block.FirstSlot + (r * block.Columns.Length) + c;
                    pieces.AddRange([block.Rows[r], columnsOf[b] + c, Math.Min(EdgePiece.Edges, block.Columns.Length - c), slot]);
                }
            }
        }

        (SingleRows, SingleRowCount) = (Add([.. single]), single.Count);
        (Pieces, PieceCount) = (Add([.. pieces]), pieces.Count / PieceFields);
    }

    private bool AddInputTiles(bool[] isTiled, int[] rowsOf, int[] columnsOf)
    {
        if (isTiled.Contains(false))
            return false;
        var readers = new int[layout.InputCount];
        List<int> tiles = [];
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            foreach (int column in block.Columns)
                readers[column]++;
            for (int c = 0; c < block.Columns.Length; c += ProductTile.Rows)
            {
                int width = Math.Min(ProductTile.Rows, block.Columns.Length - c);
                tiles.AddRange([rowsOf[b], block.Rows.Length, columnsOf[b] + c, width, block.FirstSlot + c, block.Columns.Length]);
            }
        }

        if (Array.Exists(readers, count => count > 1))
            return false;
        (InputTiles, InputTileCount, CoversInputs) = (Add([.. tiles]), tiles.Count / TileFields, !readers.Contains(0));
        return true;
    }

    /// <summary>Lists the edges input by input.</summary>
    private void AddColumns()
    {
        var starts = new int[layout.InputCount + 1];
        ForEachEdge((_, column, _) => starts[column + 1]++);
        for (int column = 0; column < layout.InputCount; column++)
            starts[column + 1] += starts[column];
        var next = (int[])starts.Clone();
        var edges = new int[checked(2 * layout.EdgeCount)];
        ForEachEdge((row, column, slot) =>
        {
            int edge = next[column]++;
            (edges[2 * edge], edges[(2 * edge) + 1]) = (row, slot);
        });
        Columns = Add(starts);
        Add(edges);
    }

    private void AddSlots()
    {
        List<int> slots = [];
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            foreach (int row in block.Rows)
            {
                foreach (int column in block.Columns)
                    slots.AddRange([row, column]);
            }
        }

        Slots = Add([.. slots]);
    }

    private void ForEachEdge(Action<int, int, int> visit)
    {
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            int slot = block.FirstSlot;
            foreach (int row in block.Rows)
            {
                foreach (int column in block.Columns)
                {
                    if (layout.IsKept(slot))
                        visit(row, column, slot);
                    slot++;
                }
            }
        }
    }

    private void AddHoles()
    {
        var bits = new int[(layout.SlotCount + 31) / 32];
        for (int slot = 0; slot < layout.SlotCount; slot++)
            bits[slot >> 5] |= layout.IsKept(slot) ? 1 << (slot & 31) : 0;
        Holes = Add(bits);
    }
}
