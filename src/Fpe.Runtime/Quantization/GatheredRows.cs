using System.Runtime.Intrinsics.X86;

namespace Fpe.Quantization;

/// <summary>
/// The rows of sparse tiles for a single sample: pieces of 64 edges, whose inputs lie within 128 bytes and are brought together by one
/// permutation. A piece has places for 1, 2, 4 or 8 rows, as many as leave the fewest places empty.
/// </summary>
internal sealed class GatheredRows
{
    /// <summary>Edges of a piece.</summary>
    public const int Places = 64;

    /// <summary>The inputs that a piece can read.</summary>
    public const int Reach = 128;

    private GatheredRows(int[] tiles, int rowsOfPiece, int[] starts, int[] bases, byte[] inputs, sbyte[] weights) =>
        (Tiles, RowsOfPiece, Starts, Bases, Inputs, Weights) = (tiles, rowsOfPiece, starts, bases, inputs, weights);

    /// <summary>Whether this processor has the permutation of bytes.</summary>
    public static bool IsSupported => Avx512Vbmi.IsSupported && Avx512BW.IsSupported;

    /// <summary>The sparse tiles, in order.</summary>
    public int[] Tiles { get; }

    /// <summary>The rows of a piece; those of a tile are divided into groups of so many.</summary>
    public int RowsOfPiece { get; }

    /// <summary>The first piece of each group of rows, and the end of the last.</summary>
    public int[] Starts { get; }

    /// <summary>The first input that a piece can read.</summary>
    public int[] Bases { get; }

    /// <summary>The input of each place, from the base on.</summary>
    public byte[] Inputs { get; }

    /// <summary>The weight of each place, in the order in which places are when they are widened: see <see cref="PlaceOf"/>.</summary>
    public sbyte[] Weights { get; }

    /// <summary>Divides the rows of sparse tiles into pieces.</summary>
    public static GatheredRows Of(IntegerTiles tiles, int[] sparse) =>
        Enumerable.Range(0, 4).Select(power => 1 << power).Select(rows => new Builder(tiles, sparse, rows).Build()).MinBy(rows => rows.Bases.Length)!;

    /// <summary>
    /// Returns the place of the n-th weight: a vector of 64 bytes is widened to two by taking the lower and the upper 8 of every 16.
    /// </summary>
    public static int PlaceOf(int weight) => ((weight % 32) / 8 * 16) + (weight / 32 * 8) + (weight % 8);

    private sealed class Builder(IntegerTiles tiles, int[] sparse, int rowsOfPiece)
    {
        private readonly List<int> starts = [0];
        private readonly List<int> bases = [];
        private readonly List<byte> inputs = [];
        private readonly List<sbyte> weights = [];

        public GatheredRows Build()
        {
            foreach (int tile in sparse)
            {
                for (int row = 0; row < IntegerTiles.Rows; row += rowsOfPiece)
                {
                    AddGroup([.. Enumerable.Range(row, rowsOfPiece).Select(r => tiles.EdgesOf(tile, r).ToArray())]);
                    starts.Add(bases.Count);
                }
            }

            return new GatheredRows(sparse, rowsOfPiece, [.. starts], [.. bases], [.. inputs], [.. weights]);
        }

        private void AddGroup((int Column, sbyte Weight)[][] rows)
        {
            int placesOfRow = Places / rowsOfPiece;
            var next = new int[rows.Length];
            while (Enumerable.Range(0, rows.Length).Where(r => next[r] < rows[r].Length).ToArray() is { Length: > 0 } open)
            {
                int first = open.Min(r => rows[r][next[r]].Column);
                var (ownInputs, ownWeights) = (new byte[Places], new sbyte[Places]);
                foreach (int r in open)
                {
                    for (int place = 0; place < placesOfRow && next[r] < rows[r].Length && rows[r][next[r]].Column < first + Reach; place++, next[r]++)
                    {
                        int weight = (r * placesOfRow) + place;
                        ownInputs[PlaceOf(weight)] = (byte)(rows[r][next[r]].Column - first);
                        ownWeights[weight] = rows[r][next[r]].Weight;
                    }
                }

                bases.Add(first);
                inputs.AddRange(ownInputs);
                weights.AddRange(ownWeights);
            }
        }
    }
}
