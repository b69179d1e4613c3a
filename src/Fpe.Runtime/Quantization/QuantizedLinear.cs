using System.Runtime.CompilerServices;

namespace Fpe.Quantization;

/// <summary>A fully connected layer on bytes, with the edges of its layout.</summary>
internal sealed unsafe class QuantizedLinear
{
    /// <summary>16-bit weights that are used together: half of the first-level cache.</summary>
    private const int WidenedAtOnce = 8 * 1024;

    /// <summary>Weights of 8 bits that share the columns which are laid out for them: an eighth of a second-level cache of 1 MiB.</summary>
    private const int BytesAtOnce = 128 * 1024;

    /// <summary>Rows whose sums are kept together: 64 KiB for two panels.</summary>
    private const int RowsAtOnce = 512;

    private readonly IntegerTiles tiles;
    private readonly IntegerOutput? bytes;
    private readonly NumberOutput? numbers;
    private readonly SparseRows sparse;
    private readonly (int First, int Count)[] runs;
    private readonly (int First, int Count)[] runsOfBytes;

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
        runs = [.. Runs(tiles, sparse.Tiles, WidenedAtOnce)];
        runsOfBytes = [.. Runs(tiles, sparse.Tiles, BytesAtOnce)];
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
        if (vectors.Are512Bits() && GatheredRows.IsSupported)
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
    public void Panels(in PanelCall call)
    {
        if (call.Vectors.MultiplyBytes())
            DensePanelsOfBytes(call);
        else
            DensePanels(call);
        if (sparse.Tiles.Length > 0)
            SparsePanels(call);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DensePanels(in PanelCall call)
    {
        QuantizedScratch scratch = call.Scratch;
        fixed (int* columns = tiles.Columns)
        fixed (sbyte* weights = tiles.Weights)
        {
            foreach ((int first, int count) in runs)
            {
                IntegerTiles.Tile tile = tiles.Tiles[first];
                int rows = count * IntegerTiles.Rows;
                ProductOfPanel.Widen(weights + tile.FirstWeight, count, tile.Columns, scratch.Widened);
                for (int panel = 0; panel < call.Panels; panel += ProductOfPanel.PanelsAtOnce)
                {
                    int together = Math.Min(ProductOfPanel.PanelsAtOnce, call.Panels - panel);
                    ProductOfPanel.Run(
                        call.Vectors, columns + tile.FirstColumn, tile.Columns, scratch.Widened, rows,
                        call.X(panel), call.Stride, together, scratch.Pairs, scratch.Sums);
                    Finish(call, first * IntegerTiles.Rows, rows, panel, together);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DensePanelsOfBytes(in PanelCall call)
    {
        QuantizedScratch scratch = call.Scratch;
        fixed (int* columns = tiles.Columns)
        fixed (sbyte* weights = tiles.Weights)
        {
            foreach ((int first, int count) in runsOfBytes)
            {
                IntegerTiles.Tile tile = tiles.Tiles[first];
                for (int panel = 0; panel < call.Panels; panel += ProductOfPanel.PanelsAtOnce)
                {
                    int together = Math.Min(ProductOfPanel.PanelsAtOnce, call.Panels - panel);
                    ProductOfQuads.Run(
                        columns + tile.FirstColumn, tile.Columns, weights + tile.FirstWeight, count,
                        call.X(panel), together == 1 ? 0 : call.Stride, (byte*)scratch.Pairs, scratch.Sums);
                    Finish(call, first * IntegerTiles.Rows, count * IntegerTiles.Rows, panel, together);
                }
            }
        }
    }

    private void SparsePanels(in PanelCall call)
    {
        QuantizedScratch scratch = call.Scratch;
        for (int panel = 0, together; panel < call.Panels; panel += together)
        {
            together = call.Vectors.Are512Bits() ? Math.Min(ProductOfPanel.PanelsAtOnce, call.Panels - panel) : 1;
            if (call.Vectors != IntegerVectors.None)
                ProductOfPairs.Widen(call.X(panel), call.Inputs, sparse.Inputs, together, scratch.Pairs);
            for (int tile = 0; tile < sparse.Tiles.Length; tile++)
            {
                if (call.Vectors == IntegerVectors.None)
                    ProductOfPairs.Plain(sparse, tile, call.X(panel), scratch.Sums);
                else
                    ProductOfPairs.Run(sparse, tile, together, scratch.Pairs, scratch.Sums);
                Finish(call, sparse.Tiles[tile] * IntegerTiles.Rows, IntegerTiles.Rows, panel, together);
            }
        }
    }

    /// <summary>Finishes the sums of rows: [panels, rows, samples of a panel].</summary>
    private void Finish(in PanelCall call, int firstRow, int rows, int panel, int panels)
    {
        int* sums = call.Scratch.Sums;
        for (int p = panel; p < panel + panels; p++)
        {
            for (int lane = firstRow; lane < firstRow + rows; lane++, sums += ProductOfPanel.Width)
            {
                int row = tiles.RowOfLane[lane];
                if (row >= 0 && numbers is null)
                    bytes!.Row(call.Vectors, sums, lane, call.Y(p, row));
                else if (row >= 0)
                    call.Finish(numbers!, sums, lane, p, row);
            }
        }
    }

    /// <summary>The room that <see cref="Panels"/> needs.</summary>
    public PanelRoom RoomOfPanels(IntegerVectors vectors)
    {
        bool isOfBytes = vectors.MultiplyBytes();
        return new(
            isOfBytes ? 0 : runs.Select(run => run.Count * IntegerTiles.Rows * tiles.Tiles[run.First].Columns).DefaultIfEmpty().Max(),
            IntegerTiles.Rows * (isOfBytes ? runsOfBytes : runs).Select(run => run.Count).Append(1).Max(),
            Math.Max(tiles.MostColumns, sparse.Inputs));
    }

    /// <summary>Tiles that share their columns and are computed together, without the sparse ones.</summary>
    private static IEnumerable<(int First, int Count)> Runs(IntegerTiles tiles, int[] sparse, int weightsAtOnce)
    {
        for (int first = 0, count; first < tiles.Tiles.Length; first += count)
        {
            count = 1;
            if (Array.BinarySearch(sparse, first) >= 0)
                continue;
            IntegerTiles.Tile tile = tiles.Tiles[first];
            int most = Math.Min(RowsAtOnce / IntegerTiles.Rows, weightsAtOnce / Math.Max(1, tile.Columns * IntegerTiles.Rows));
            while (count < most && first + count < tiles.Tiles.Length && tiles.Tiles[first + count].FirstColumn == tile.FirstColumn
                && Array.BinarySearch(sparse, first + count) < 0)
            {
                count++;
            }

            yield return (first, count);
        }
    }
}
