namespace Fpe.Quantization;

/// <summary>
/// The columns of tiles for a single sample, in pieces of at most 64 that lie within 128 inputs, so that one permutation of bytes brings a piece
/// together.
/// </summary>
internal sealed class ColumnPieces
{
    private ColumnPieces(int[] starts, int[] bases, int[] counts, byte[] inputs) => (Starts, Bases, Counts, Inputs) = (starts, bases, counts, inputs);

    /// <summary>The first piece of the columns of each tile, and the end of the last.</summary>
    public int[] Starts { get; }

    /// <summary>The first input that a piece can read.</summary>
    public int[] Bases { get; }

    /// <summary>The columns of a piece.</summary>
    public int[] Counts { get; }

    /// <summary>The input of each column of a piece, from its base on: <see cref="GatheredRows.Places"/> for each piece.</summary>
    public byte[] Inputs { get; }

    /// <summary>Divides the columns of all tiles but the sparse ones.</summary>
    public static ColumnPieces Of(IntegerTiles tiles, int[] sparse)
    {
        var starts = new List<int> { 0 };
        var (bases, counts, inputs) = (new List<int>(), new List<int>(), new List<byte>());
        for (int t = 0, present = -1; t < tiles.Tiles.Length; t++)
        {
            IntegerTiles.Tile tile = tiles.Tiles[t];
            if (tile.FirstColumn != present && Array.BinarySearch(sparse, t) < 0)
            {
                present = tile.FirstColumn;
                ReadOnlySpan<int> columns = tiles.Columns.AsSpan(present, tile.Columns);
                // Columns rise up to what pads them, whose weights are 0.
                for (int c = 0, count; c < columns.Length && (c == 0 || columns[c] > columns[c - 1]); c += count)
                {
                    count = CountFrom(columns[c..]);
                    bases.Add(columns[c]);
                    counts.Add(count);
                    for (int place = 0; place < GatheredRows.Places; place++)
                        inputs.Add(place < count ? (byte)(columns[c + place] - columns[c]) : (byte)0);
                }
            }

            starts.Add(bases.Count);
        }

        return new ColumnPieces([.. starts], [.. bases], [.. counts], [.. inputs]);
    }

    private static int CountFrom(ReadOnlySpan<int> columns)
    {
        int count = 1;
        while (count < Math.Min(columns.Length, GatheredRows.Places) && columns[count] > columns[count - 1] && columns[count] < columns[0] + GatheredRows.Reach)
            count++;
        return count;
    }
}
