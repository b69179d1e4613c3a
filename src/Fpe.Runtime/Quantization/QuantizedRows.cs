using Fpe.Compute;
using static System.FormattableString;

namespace Fpe.Quantization;

/// <summary>The sums of a layer's rows: how large they can be, and how they become bytes or numbers.</summary>
/// <param name="model">The model, for messages.</param>
/// <param name="layer">The layer, for messages.</param>
/// <param name="numbers">Its numbers.</param>
/// <param name="input">What the bytes that it reads stand for.</param>
internal sealed class QuantizedRows(string model, string layer, EdgeNumbers numbers, ValueScale input)
{
    /// <summary>Returns the exception for a row whose sum does not fit.</summary>
    public static QuantizationException TooLong(string model, string layer, int row, int weights) =>
        new(model, $"row {row} of {layer} has {weights} weights, whose sum does not fit into 32 bits; expand the layer, so that its rows are shorter.");

    /// <summary>Returns the layer with outputs of bytes.</summary>
    /// <param name="layout">Its edges over all that it reads; slots are those of the numbers.</param>
    /// <exception cref="QuantizationException">A sum does not fit.</exception>
    public QuantizedLinear ToBytes(EdgeLayout layout)
    {
        long[] largest = LargestSums();
        IntegerTiles tiles = Lay(layout);
        double FactorOf(int row) => row < 0 || largest[row] == 0 ? 0 : UnitOf(row) / numbers.Sums.Scale;
        FixedPoint factors = FixedPoint.Of([.. tiles.RowOfLane.Select(FactorOf)]) ?? throw TooNarrow();

        // A multiplier is rounded, so that a product can be larger than that of the factor.
        for (int lane = 0; lane < tiles.RowOfLane.Length; lane++)
        {
            int row = tiles.RowOfLane[lane];
            if (row >= 0 && FixedPoint.Round(largest[row] * factors.Multipliers[lane], factors.Shift) > int.MaxValue - byte.MaxValue)
                throw TooNarrow();
        }

        return new QuantizedLinear(tiles, new IntegerOutput(Biases(tiles), factors, numbers.Sums.ZeroPoint, numbers.Table), numbers: null);
    }

    /// <summary>Returns the layer with outputs of numbers.</summary>
    /// <param name="activation">Its activation.</param>
    /// <exception cref="QuantizationException">A sum does not fit, or its number is not finite.</exception>
    public QuantizedLinear ToNumbers(ElementFunction activation)
    {
        long[] largest = LargestSums();
        for (int row = 0; row < largest.Length; row++)
        {
            if (!float.IsFinite(largest[row] * (float)UnitOf(row)))
                throw new QuantizationException(model, $"outputs of row {row} of {layer} can be too large for single precision; train it again with a lower learning rate.");
        }

        IntegerTiles tiles = Lay(numbers.Layout);
        float[] units = [.. tiles.RowOfLane.Select(row => row < 0 ? 0 : (float)UnitOf(row))];
        return new QuantizedLinear(tiles, bytes: null, new NumberOutput(Biases(tiles), units, activation));
    }

    /// <summary>The number that one unit of a row's sum stands for.</summary>
    private double UnitOf(int row) => (double)input.Scale * numbers.RowScales[row];

    private int[] Biases(IntegerTiles tiles) => [.. tiles.RowOfLane.Select(row => row < 0 ? 0 : numbers.Biases[row])];

    private long[] LargestSums()
    {
        EdgeLayout layout = numbers.Layout;
        var largest = new long[layout.OutputCount];
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            int slot = block.FirstSlot;
            foreach (int row in block.Rows)
            {
                long most = 0;
                for (int c = 0; c < block.Columns.Length; c++)
                    most += Math.Abs((int)numbers.Weights[slot++]);
                largest[row] = Math.Abs((long)numbers.Biases[row]) + (most * byte.MaxValue);
                if (largest[row] > int.MaxValue)
                    throw TooLong(model, layer, row, block.Columns.Length);
            }
        }

        return largest;
    }

    private IntegerTiles Lay(EdgeLayout layout)
    {
        try
        {
            return IntegerTiles.Of(layout, numbers.Weights);
        }
        catch (OverflowException)
        {
            throw new QuantizationException(model, $"{layer} has more weights than an array can hold; quantise a smaller network.");
        }
    }

    private QuantizationException TooNarrow() => new(
        model, Invariant($"the outputs of {layer} range over only {numbers.Sums.Scale * byte.MaxValue:g3}, too little for its weights; calibrate with more samples."));
}
