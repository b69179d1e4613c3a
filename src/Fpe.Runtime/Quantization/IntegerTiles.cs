using Fpe.Compute;

namespace Fpe.Quantization;

/// <summary>
/// Weights of 8 bits, as kernels read them: tiles of 16 rows over a list of columns. The rows of a block that share a partition are tiles
/// without a zero between edges; rows with columns of their own share a tile over the columns that any of them reads, with zeros.
/// </summary>
internal sealed class IntegerTiles
{
    /// <summary>Rows of a tile.</summary>
    public const int Rows = 16;

    /// <summary>Columns whose weights lie side by side, row by row; those of a tile are padded to a multiple.</summary>
    public const int Group = 4;

    private IntegerTiles(EdgeLayout layout, sbyte[] slots, Tile[] tiles, int[] columns, sbyte[] weights, int[] rows)
    {
        (Layout, Slots) = (layout, slots);
        Tiles = tiles;
        Columns = columns;
        Weights = weights;
        RowOfLane = rows;
        MostColumns = tiles.Select(tile => tile.Columns).DefaultIfEmpty().Max();
    }

    /// <summary>The edges.</summary>
    public EdgeLayout Layout { get; }

    /// <summary>A weight for each slot of the edges, as they are exported; 0 for a slot without an edge.</summary>
    public sbyte[] Slots { get; }

    /// <summary>The tiles; those that share columns follow each other.</summary>
    public Tile[] Tiles { get; }

    /// <summary>The inputs that tiles read.</summary>
    public int[] Columns { get; }

    /// <summary>The weights of each tile: [groups of columns, rows of the tile, columns of a group].</summary>
    public sbyte[] Weights { get; }

    /// <summary>The output of each row of each tile; −1 if there is none.</summary>
    public int[] RowOfLane { get; }

    /// <summary>The largest number of columns of a tile.</summary>
    public int MostColumns { get; }

    /// <summary>Lays out weights.</summary>
    /// <param name="layout">The edges.</param>
    /// <param name="slots">A weight for each slot; 0 for a slot without an edge.</param>
    /// <exception cref="OverflowException">There are more than an array can hold.</exception>
    public static IntegerTiles Of(EdgeLayout layout, sbyte[] slots)
    {
        var builder = new Builder(layout, slots);
        var few = new List<Row>();
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            var rows = new List<Row>();
            int slot = block.FirstSlot;
            int[] columns = block.Columns.ToArray();
            foreach (int row in block.Rows)
            {
                rows.Add(new Row(row, columns, slot));
                slot += columns.Length;
            }

            if (rows.Count >= Rows / 2)
                builder.Add(rows);
            else
                few.AddRange(rows);
        }

        foreach (Row[] rows in few.OrderBy(row => row.Output).Chunk(Rows))
            builder.Add(rows);
        return builder.Build();
    }

    /// <summary>The weights of a row of a tile that are not 0, by rising column.</summary>
    public IEnumerable<(int Column, sbyte Weight)> EdgesOf(int tile, int row)
    {
        (int firstColumn, int count, int firstWeight) = Tiles[tile];
        for (int c = 0; c < count; c++)
        {
            sbyte weight = Weights[firstWeight + (((c / Group * Rows) + row) * Group) + (c % Group)];
            if (weight != 0)
                yield return (Columns[firstColumn + c], weight);
        }
    }

    /// <summary>A tile.</summary>
    /// <param name="FirstColumn">Its first column in <see cref="IntegerTiles.Columns"/>.</param>
    /// <param name="Columns">The number of its columns, a multiple of <see cref="Group"/>.</param>
    /// <param name="FirstWeight">Its first weight.</param>
    internal readonly record struct Tile(int FirstColumn, int Columns, int FirstWeight);

    private readonly record struct Row(int Output, int[] Columns, int FirstSlot);

    private sealed class Builder(EdgeLayout layout, sbyte[] slots)
    {
        private readonly List<Tile> tiles = [];
        private readonly List<int> columns = [];
        private readonly List<sbyte> weights = [];
        private readonly List<int> outputs = [];

        /// <summary>Adds tiles that share the columns of all rows.</summary>
        public void Add(IReadOnlyList<Row> rows)
        {
            int[] used = [.. rows.SelectMany(row => row.Columns.Where((_, c) => slots[row.FirstSlot + c] != 0)).Distinct().Order()];
            // At least one, so that tiles without a weight do not seem to share the columns of the next.
            int groups = Math.Max(1, (used.Length + Group - 1) / Group);
            int firstColumn = columns.Count;
            columns.AddRange(used);
            columns.AddRange(Enumerable.Repeat(0, (groups * Group) - used.Length));
            var place = new Dictionary<int, int>(used.Select((column, index) => KeyValuePair.Create(column, index)));
            foreach (Row[] tile in rows.Chunk(Rows))
            {
                tiles.Add(new Tile(firstColumn, groups * Group, weights.Count));
                var own = new sbyte[groups * Group * Rows];
                if (weights.Count > Array.MaxLength - own.Length)
                    throw new OverflowException();
                for (int r = 0; r < tile.Length; r++)
                {
                    for (int c = 0; c < tile[r].Columns.Length; c++)
                    {
                        if (slots[tile[r].FirstSlot + c] is not 0 and var weight)
                        {
                            (int group, int lane) = Math.DivRem(place[tile[r].Columns[c]], Group);
                            own[(((group * Rows) + r) * Group) + lane] = weight;
                        }
                    }
                }

                weights.AddRange(own);
                for (int r = 0; r < Rows; r++)
                    outputs.Add(r < tile.Length ? tile[r].Output : -1);
            }
        }

        public IntegerTiles Build() => new(layout, slots, [.. tiles], [.. columns], [.. weights], [.. outputs]);
    }
}
