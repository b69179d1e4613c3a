using Fpe.Compute;
using static System.FormattableString;

namespace Fpe.Quantization;

/// <summary>Makes a network of bytes from a model and the ranges of its values.</summary>
internal sealed class Quantizer
{
    private const int LargestWeight = 127;

    // A bias stays well below the largest sum.
    private const double LargestBias = 1 << 28;

    private readonly Model model;
    private readonly Calibration calibration;
    private readonly double percentile;
    private readonly List<QuantizedStep> steps = [];
    private readonly List<int> widths = [];
    private readonly List<ValueScale> scales = [];

    private Quantizer(Model model, Calibration calibration, double percentile) =>
        (this.model, this.calibration, this.percentile) = (model, calibration, percentile);

    /// <summary>Quantises a model.</summary>
    /// <param name="model">The model, which the caller reads.</param>
    /// <param name="calibration">The ranges of its values.</param>
    /// <param name="percentile">The part of the numbers that a range covers, in per cent.</param>
    /// <param name="vectors">The vectors that the network uses.</param>
    /// <exception cref="QuantizationException">A layer does not fit.</exception>
    public static QuantizedNetwork Quantize(Model model, Calibration calibration, double percentile, IntegerVectors vectors) =>
        new Quantizer(model, calibration, percentile).Build(vectors);

    private QuantizedNetwork Build(IntegerVectors vectors)
    {
        ModelPlan plan = model.Plan;
        int[] values = new int[model.Layers.Count];
        AddValue(plan.InputCount, calibration.Input(percentile));
        for (int l = 0; l < values.Length; l++)
        {
            int source = plan.SourcesOf(l) is [var only] ? only < 0 ? 0 : values[only] : -1;
            bool isLast = l == values.Length - 1;
            values[l] = (model.Layers[l], source) switch
            {
                (Dropout or Flatten, >= 0) when !isLast => source,
                (Activation activation, >= 0) when !isLast => AddTable(l, activation.Plan.Function, source),
                (Linear and not SequenceLinear, >= 0) => AddLinear(l, (Linear)model.Layers[l], source, isLast),
                _ => throw Refused(model.Layers[l], isLast),
            };
        }

        return new QuantizedNetwork(plan, model.Meaning, new QuantizedInput(scales[0], plan.InputCount), [.. steps], [.. widths], vectors);
    }

    private int AddValue(int width, ValueScale scale)
    {
        widths.Add(width);
        scales.Add(scale);
        return widths.Count - 1;
    }

    private int AddTable(int layer, ElementFunction function, int source)
    {
        ValueScale scale = calibration.Output(layer, percentile);
        int destination = AddValue(widths[source], scale);
        steps.Add(new QuantizedStep(source, destination, Layer: null, IntegerOutputs.TableOf(function, scales[source], scale)));
        return destination;
    }

    private int AddLinear(int layer, Linear linear, int source, bool isLast)
    {
        ElementFunction activation = linear.Plan.Activation;
        ValueScale input = scales[source], output = calibration.Output(layer, percentile);
        EdgeLayout layout = linear.Edges;
        double[] weights = linear.ReadWeights(), biases = linear.ReadBiases();

        double[] rowScales = RowScales(layout, weights, biases, input.Scale);
        sbyte[] slots = Round(layout, weights, rowScales);
        (int[] sums, double[] largest) = BiasesOf(linear, slots, biases, rowScales, input);
        IntegerTiles tiles = Lay(linear, slots);
        int[] Lanes(Func<int, int> ofRow) => [.. tiles.RowOfLane.Select(row => row < 0 ? 0 : ofRow(row))];
        int[] laneBiases = Lanes(row => sums[row]);
        double UnitOf(int lane) => tiles.RowOfLane[lane] is >= 0 and var row ? input.Scale * rowScales[row] : 0;
        int[] lanes = [.. Enumerable.Range(0, tiles.RowOfLane.Length)];

        if (isLast)
        {
            int last = AddValue(layout.OutputCount, output);
            steps.Add(new QuantizedStep(source, last, new QuantizedLinear(tiles, bytes: null, new NumberOutput(laneBiases, [.. lanes.Select(lane => (float)UnitOf(lane))], activation)), Table: null));
            return last;
        }

        bool needsTable = IntegerOutputs.NeedsTable(activation);
        ValueScale before = needsTable ? calibration.Sums(layer, percentile) : output;
        FixedPoint factors = FixedPoint.Of([.. lanes.Select(lane => UnitOf(lane) / before.Scale)])
            ?? throw TooNarrow(linear, before);
        if (Enumerable.Range(0, largest.Length).Any(row => largest[row] * input.Scale * rowScales[row] / before.Scale > int.MaxValue - byte.MaxValue))
            throw TooNarrow(linear, before);
        var bytes = new IntegerOutput(laneBiases, factors, before.ZeroPoint, needsTable ? IntegerOutputs.TableOf(activation, before, output) : null);
        int destination = AddValue(layout.OutputCount, output);
        steps.Add(new QuantizedStep(source, destination, new QuantizedLinear(tiles, bytes, numbers: null), Table: null));
        return destination;
    }

    /// <summary>The number that a weight of 1 stands for, for each row: fine enough for its largest weight, coarse enough for its bias.</summary>
    private static double[] RowScales(EdgeLayout layout, double[] weights, double[] biases, double inputScale)
    {
        var scales = new double[layout.OutputCount];
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            int slot = block.FirstSlot;
            foreach (int row in block.Rows)
            {
                double largest = 0;
                for (int c = 0; c < block.Columns.Length; c++)
                    largest = Math.Max(largest, Math.Abs(weights[slot++]));
                double scale = Math.Max(largest / LargestWeight, Math.Abs(biases[row]) / (inputScale * LargestBias));
                scales[row] = scale > 0 ? scale : 1;
            }
        }

        return scales;
    }

    private static sbyte[] Round(EdgeLayout layout, double[] weights, double[] rowScales)
    {
        var slots = new sbyte[weights.Length];
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            int slot = block.FirstSlot;
            foreach (int row in block.Rows)
            {
                for (int c = 0; c < block.Columns.Length; c++, slot++)
                    slots[slot] = (sbyte)Math.Clamp(Math.Round(weights[slot] / rowScales[row]), -LargestWeight, LargestWeight);
            }
        }

        return slots;
    }

    private QuantizationException TooNarrow(Linear layer, ValueScale scale) => new(
        model.Plan.Name, Invariant($"the outputs of {layer.Name} range over only {scale.Scale * byte.MaxValue:g3}, too little for its weights; calibrate with more samples."));

    /// <summary>
    /// The bias of each row in units of its sums, less what the zero point of the inputs adds to every sum; and how large a sum can be.
    /// </summary>
    private (int[] Biases, double[] Largest) BiasesOf(Linear layer, sbyte[] slots, double[] biases, double[] rowScales, ValueScale input)
    {
        EdgeLayout layout = layer.Edges;
        var sums = new int[layout.OutputCount];
        var largest = new double[layout.OutputCount];
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            int slot = block.FirstSlot;
            foreach (int row in block.Rows)
            {
                long sum = 0, most = 0;
                for (int c = 0; c < block.Columns.Length; c++, slot++)
                {
                    sum += slots[slot];
                    most += Math.Abs((int)slots[slot]);
                }

                double bias = Math.Round(biases[row] / (input.Scale * rowScales[row])) - (input.ZeroPoint * sum);
                largest[row] = Math.Abs(bias) + (most * byte.MaxValue);
                if (largest[row] > int.MaxValue)
                    throw new QuantizationException(model.Plan.Name, $"row {row} of {layer.Name} has {block.Columns.Length} weights, whose sum does not fit into 32 bits; expand the layer, so that its rows are shorter.");
                sums[row] = (int)bias;
            }
        }

        return (sums, largest);
    }

    private IntegerTiles Lay(Linear layer, sbyte[] slots)
    {
        try
        {
            return IntegerTiles.Of(layer.Edges, slots);
        }
        catch (OverflowException)
        {
            throw new QuantizationException(model.Plan.Name, $"{layer.Name} has more weights than an array can hold; quantise a smaller network.");
        }
    }

    private QuantizationException Refused(Layer layer, bool isLast) => new(model.Plan.Name, isLast
        ? $"its last layer, {layer.Name}, is {layer.GetType().Name}, but that of a network of 8 bits has to be Linear; declare one."
        : $"{layer.Name} is {layer.GetType().Name}, which 8 bits cannot hold; Linear, activations, Dropout and Flatten can be quantised.");
}
