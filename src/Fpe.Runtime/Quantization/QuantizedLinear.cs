using System.Runtime.CompilerServices;

namespace Fpe.Quantization;

/// <summary>A fully connected layer on bytes, with the edges of its layout.</summary>
internal sealed unsafe class QuantizedLinear
{
    /// <summary>16-bit weights that are used together: half of the first-level cache.</summary>
    private const int WidenedAtOnce = 8 * 1024;

    private readonly IntegerTiles tiles;
    private readonly IntegerOutput? bytes;
    private readonly NumberOutput? numbers;
    private readonly SparseRows sparse;
    private readonly (int First, int Count)[] runs;

    // Only layers that see single samples need them.
    private readonly Lazy<GatheredRows> gathered;
    private readonly Lazy<ColumnPieces> pieces;

    /// <summary>Makes a layer.</summary>
    /// <param name="tiles">The weights.</param>
    /// <param name="bytes">How sums become bytes; null for the last layer.</param>
    /// <param name="numbers">How the sums of the last layer become numbers; null for the others.</param>
    public QuantizedLinear(IntegerTiles tiles, IntegerOutput? bytes, NumberOutput? numbers)
    {
        (this.tiles, this.bytes, this.numbers) = (tiles, bytes, numbers);
        sparse = SparseRows.Of(tiles);
        runs = [.. Runs(tiles, sparse.Tiles)];
        gathered = new Lazy<GatheredRows>(() => GatheredRows.Of(tiles, sparse.Tiles));
        pieces = new Lazy<ColumnPieces>(() => ColumnPieces.Of(tiles, sparse.Tiles));
    }

    /// <summary>The weights.</summary>
    public IntegerTiles Tiles => tiles;

    /// <summary>How sums become bytes.</summary>
    public IntegerOutput? Bytes => bytes;

    /// <summary>How sums become numbers.</summary>
    public NumberOutput? Numbers => numbers;

    /// <summary>Computes one sample.</summary>
    /// <param name="vectors">The vectors to use.</param>
    /// <param name="x">The bytes of its inputs.</param>
    /// <param name="y">Receives the bytes of its outputs, unless this is the last layer.</param>
    /// <param name="outputs">Receives the outputs of the last layer.</param>
    /// <param name="scratch">Room for intermediate results.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sample(IntegerVectors vectors, byte* x, byte* y, float* outputs, QuantizedScratch scratch)
    {
        int* sums = scratch.Sums;
        int count = tiles.RowOfLane.Length;
        if (vectors == IntegerVectors.Bits512 && GatheredRows.IsSupported)
        {
            ProductOfSample.Run(vectors, tiles, sparse.Tiles, pieces.Value, x, scratch.Gathered, sums);
            ProductOfGathers.Run(gathered.Value, x, sums);
        }
        else
        {
            ProductOfSample.Run(vectors, tiles, [], pieces: null, x, scratch.Gathered, sums);
        }

        fixed (int* rows = tiles.RowOfLane)
        {
            if (numbers is null)
            {
                bytes!.Sample(vectors, sums, rows, count, y);
                return;
            }

            for (int i = 0; i < count; i++)
            {
                if (rows[i] >= 0)
                    outputs[rows[i]] = numbers.Finish(i, sums[i]);
            }
        }
    }

    /// <summary>Computes panels of samples.</summary>
    /// <param name="vectors">The vectors to use.</param>
    /// <param name="x">The bytes of the inputs: [panels, inputs, samples of a panel].</param>
    /// <param name="inputs">The number of inputs.</param>
    /// <param name="y">Receives the bytes of the outputs, unless this is the last layer: [panels, outputs, samples of a panel].</param>
    /// <param name="outputCount">The number of outputs.</param>
    /// <param name="outputs">Receives the outputs of the last layer, sample by sample: [samples, outputs].</param>
    /// <param name="samples">The number of samples; the last panel may have fewer than it has room for.</param>
    /// <param name="scratch">Room for intermediate results.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Panels(IntegerVectors vectors, byte* x, int inputs, byte* y, int outputCount, float* outputs, int samples, QuantizedScratch scratch)
    {
        const int Width = ProductOfPanel.Width;
        int panels = (samples + Width - 1) / Width;
        fixed (int* columns = tiles.Columns)
        fixed (sbyte* weights = tiles.Weights)
        {
            foreach ((int first, int count) in runs)
            {
                IntegerTiles.Tile tile = tiles.Tiles[first];
                int rows = count * IntegerTiles.Rows;
                ProductOfPanel.Widen(weights + tile.FirstWeight, count, tile.Columns, scratch.Widened);
                for (int panel = 0; panel < panels; panel += ProductOfPanel.PanelsAtOnce)
                {
                    int together = Math.Min(ProductOfPanel.PanelsAtOnce, panels - panel);
                    ProductOfPanel.Run(
                        vectors, columns + tile.FirstColumn, tile.Columns, scratch.Widened, rows,
                        x + ((long)panel * inputs * Width), (long)inputs * Width, together, scratch.Pairs, scratch.Sums);
                    Finish(vectors, scratch.Sums, first * IntegerTiles.Rows, rows, panel, together, y, outputCount, outputs, samples);
                }
            }
        }

        if (sparse.Tiles.Length > 0)
            SparsePanels(vectors, x, inputs, y, outputCount, outputs, samples, scratch);
    }

    private void SparsePanels(IntegerVectors vectors, byte* x, int inputs, byte* y, int outputCount, float* outputs, int samples, QuantizedScratch scratch)
    {
        const int Width = ProductOfPanel.Width;
        int panels = (samples + Width - 1) / Width;
        for (int panel = 0, together; panel < panels; panel += together)
        {
            together = vectors == IntegerVectors.Bits512 ? Math.Min(ProductOfPanel.PanelsAtOnce, panels - panel) : 1;
            byte* first = x + ((long)panel * inputs * Width);
            if (vectors != IntegerVectors.None)
                ProductOfPairs.Widen(first, inputs, sparse.Inputs, together, scratch.Pairs);
            for (int tile = 0; tile < sparse.Tiles.Length; tile++)
            {
                if (vectors == IntegerVectors.None)
                    ProductOfPairs.Plain(sparse, tile, first, scratch.Sums);
                else
                    ProductOfPairs.Run(sparse, tile, together, scratch.Pairs, scratch.Sums);
                Finish(vectors, scratch.Sums, sparse.Tiles[tile] * IntegerTiles.Rows, IntegerTiles.Rows, panel, together, y, outputCount, outputs, samples);
            }
        }
    }

    /// <summary>Finishes the sums of rows: [panels, rows, samples of a panel].</summary>
    private void Finish(IntegerVectors vectors, int* sums, int firstRow, int rows, int panel, int panels, byte* y, int outputCount, float* outputs, int samples)
    {
        for (int p = panel; p < panel + panels; p++)
        {
            for (int row = firstRow; row < firstRow + rows; row++, sums += ProductOfPanel.Width)
                Finish(vectors, sums, row, tiles.RowOfLane[row], p, y, outputCount, outputs, samples);
        }
    }

    private void Finish(IntegerVectors vectors, int* sums, int lane, int row, int panel, byte* y, int outputCount, float* outputs, int samples)
    {
        const int Width = ProductOfPanel.Width;
        if (row < 0)
            return;
        if (numbers is null)
        {
            bytes!.Row(vectors, sums, lane, y + ((((long)panel * outputCount) + row) * Width));
            return;
        }

        for (int s = panel * Width; s < Math.Min(samples, (panel + 1) * Width); s++)
            outputs[((long)s * outputCount) + row] = numbers.Finish(lane, sums[s - (panel * Width)]);
    }

    /// <summary>The room that <see cref="Panels"/> needs.</summary>
    public PanelRoom RoomOfPanels() => new(
        runs.Select(run => run.Count * IntegerTiles.Rows * tiles.Tiles[run.First].Columns).DefaultIfEmpty().Max(),
        IntegerTiles.Rows * Math.Max(1, runs.Select(run => run.Count).DefaultIfEmpty().Max()),
        Math.Max(tiles.MostColumns, sparse.Inputs));

    /// <summary>Tiles that share their columns and are computed together, without the sparse ones.</summary>
    private static IEnumerable<(int First, int Count)> Runs(IntegerTiles tiles, int[] sparse)
    {
        for (int first = 0, count; first < tiles.Tiles.Length; first += count)
        {
            count = 1;
            if (Array.BinarySearch(sparse, first) >= 0)
                continue;
            IntegerTiles.Tile tile = tiles.Tiles[first];
            int most = WidenedAtOnce / Math.Max(1, tile.Columns * IntegerTiles.Rows);
            while (count < most && first + count < tiles.Tiles.Length && tiles.Tiles[first + count].FirstColumn == tile.FirstColumn
                && Array.BinarySearch(sparse, first + count) < 0)
            {
                count++;
            }

            yield return (first, count);
        }
    }
}
