using System.Runtime.CompilerServices;

namespace Fpe.Quantization;

/// <summary>A fully connected layer on bytes, with the edges of its layout.</summary>
/// <param name="tiles">The weights.</param>
/// <param name="bytes">How sums become bytes; null for the last layer.</param>
/// <param name="numbers">How the sums of the last layer become numbers; null for the others.</param>
internal sealed unsafe class QuantizedLinear(IntegerTiles tiles, IntegerOutput? bytes, NumberOutput? numbers)
{
    /// <summary>16-bit weights that are used together: half of the first-level cache.</summary>
    private const int WidenedAtOnce = 8 * 1024;

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
        ProductOfSample.Run(vectors, tiles, x, scratch.Gathered, sums);
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
        fixed (int* rowOfLane = tiles.RowOfLane)
        fixed (sbyte* weights = tiles.Weights)
        {
            for (int first = 0, count; first < tiles.Tiles.Length; first += count)
            {
                IntegerTiles.Tile tile = tiles.Tiles[first];
                count = RunFrom(first);
                int rows = count * IntegerTiles.Rows, firstRow = first * IntegerTiles.Rows;
                ProductOfPanel.Widen(weights + tile.FirstWeight, count, tile.Columns, scratch.Widened);
                for (int panel = 0; panel < panels; panel += ProductOfPanel.PanelsAtOnce)
                {
                    int together = Math.Min(ProductOfPanel.PanelsAtOnce, panels - panel);
                    int* sums = scratch.Sums;
                    ProductOfPanel.Run(
                        vectors, columns + tile.FirstColumn, tile.Columns, scratch.Widened, rows,
                        x + ((long)panel * inputs * Width), (long)inputs * Width, together, scratch.Pairs, sums);
                    for (int p = panel; p < panel + together; p++)
                    {
                        for (int r = 0; r < rows; r++, sums += Width)
                            Finish(vectors, sums, firstRow + r, rowOfLane[firstRow + r], p, y, outputCount, outputs, samples);
                    }
                }
            }
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

    /// <summary>The largest room that <see cref="Panels"/> needs for widened weights and for the rows of sums.</summary>
    public (int Widened, int Rows) RoomOfPanels()
    {
        (int widened, int rows) = (0, 0);
        for (int first = 0, count; first < tiles.Tiles.Length; first += count)
        {
            count = RunFrom(first);
            rows = Math.Max(rows, count * IntegerTiles.Rows);
            widened = Math.Max(widened, count * IntegerTiles.Rows * tiles.Tiles[first].Columns);
        }

        return (widened, rows);
    }

    /// <summary>The number of tiles from one on that share its columns and are computed together.</summary>
    private int RunFrom(int first)
    {
        IntegerTiles.Tile tile = tiles.Tiles[first];
        int most = Math.Max(1, WidenedAtOnce / Math.Max(1, tile.Columns * IntegerTiles.Rows));
        int count = 1;
        while (count < most && first + count < tiles.Tiles.Length && tiles.Tiles[first + count].FirstColumn == tile.FirstColumn)
            count++;
        return count;
    }
}
