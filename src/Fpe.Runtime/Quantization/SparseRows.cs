namespace Fpe.Quantization;

/// <summary>
/// The rows of sparse tiles, whose columns are mostly their own: lists of pairs of columns with their weights, without zeros between.
/// </summary>
internal sealed class SparseRows
{
    /// <summary>
    /// A tile is sparse if edges take less than this part of it. A pair that is found by its columns costs about 1.3 to 1.5 times as much as
    /// one of a tile, whose samples serve several rows.
    /// </summary>
    private const double Threshold = 0.6;

    private SparseRows(int[] tiles, int[] starts, int[] offsets, short[] weights)
    {
        (Tiles, Starts, Offsets, Weights) = (tiles, starts, offsets, weights);
        Inputs = offsets.Length == 0 ? 0 : (offsets.Max() / ProductOfPanel.Width) + 1;
    }

    /// <summary>The sparse tiles, in order.</summary>
    public int[] Tiles { get; }

    /// <summary>The number of inputs up to the last that they read.</summary>
    public int Inputs { get; }

    /// <summary>The first pair of each row of each sparse tile, and the end of the last.</summary>
    public int[] Starts { get; }

    /// <summary>The two columns of each pair, times <see cref="ProductOfPanel.Width"/>.</summary>
    public int[] Offsets { get; }

    /// <summary>The two weights of each pair.</summary>
    public short[] Weights { get; }

    /// <summary>Finds the sparse tiles.</summary>
    public static SparseRows Of(IntegerTiles tiles)
    {
        int[] sparse = [.. Enumerable.Range(0, tiles.Tiles.Length).Where(tile => IsSparse(tiles, tiles.Tiles[tile]))];
        var starts = new List<int> { 0 };
        var offsets = new List<int>();
        var weights = new List<short>();
        foreach (int tile in sparse)
        {
            for (int row = 0; row < IntegerTiles.Rows; row++)
            {
                foreach ((int column, sbyte weight) in tiles.EdgesOf(tile, row))
                {
                    offsets.Add(column * ProductOfPanel.Width);
                    weights.Add(weight);
                }

                if (weights.Count % 2 == 1)
                {
                    offsets.Add(0);
                    weights.Add(0);
                }

                starts.Add(weights.Count / 2);
            }
        }

        return new SparseRows(sparse, [.. starts], [.. offsets], [.. weights]);
    }

    private static bool IsSparse(IntegerTiles tiles, IntegerTiles.Tile tile)
    {
        ReadOnlySpan<sbyte> weights = tiles.Weights.AsSpan(tile.FirstWeight, tile.Columns * IntegerTiles.Rows);
        return weights.Length - weights.Count((sbyte)0) < Threshold * weights.Length;
    }
}
