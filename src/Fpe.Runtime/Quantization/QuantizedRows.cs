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
        double[] largest = LargestSums();
        IntegerTiles tiles = Lay(layout);
        FixedPoint factors = FixedPoint.Of([.. tiles.RowOfLane.Select(row => row < 0 ? 0 : UnitOf(row) / numbers.Sums.Scale)]) ?? throw TooNarrow();
        if (Enumerable.Range(0, largest.Length).Any(row => largest[row] * UnitOf(row) / numbers.Sums.Scale > int.MaxValue - byte.MaxValue))
            throw TooNarrow();
        return new QuantizedLinear(tiles, new IntegerOutput(Biases(tiles), factors, numbers.Sums.ZeroPoint, numbers.Table), numbers: null);
    }

    /// <summary>Returns the layer with outputs of numbers.</summary>
    /// <param name="activation">Its activation.</param>
    /// <exception cref="QuantizationException">A sum does not fit.</exception>
    public QuantizedLinear ToNumbers(ElementFunction activation)
    {
        LargestSums();
        IntegerTiles tiles = Lay(numbers.Layout);
        float[] units = [.. tiles.RowOfLane.Select(row => row < 0 ? 0 : (float)UnitOf(row))];
        return new QuantizedLinear(tiles, bytes: null, new NumberOutput(Biases(tiles), units, activation));
    }

    /// <summary>The number that one unit of a row's sum stands for.</summary>
    private double UnitOf(int row) => (double)input.Scale * numbers.RowScales[row];

    private int[] Biases(IntegerTiles tiles) => [.. tiles.RowOfLane.Select(row => row < 0 ? 0 : numbers.Biases[row])];

    private double[] LargestSums()
    {
        EdgeLayout layout = numbers.Layout;
        var largest = new double[layout.OutputCount];
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            int slot = block.FirstSlot;
            foreach (int row in block.Rows)
            {
                long most = 0;
                for (int c = 0; c < block.Columns.Length; c++)
                    most += Math.Abs((int)numbers.Weights[slot++]);
                largest[row] = Math.Abs((double)numbers.Biases[row]) + (most * byte.MaxValue);
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
