using Fpe.Compute;
using static System.FormattableString;

namespace Fpe.Quantization;

/// <summary>Finds the numbers of a network of bytes, given a model and the ranges of its values.</summary>
internal sealed class Quantizer
{
    private const int LargestWeight = 127;

    // A bias stays well below the largest sum.
    private const double LargestBias = 1 << 28;

    private readonly Model model;
    private readonly Calibration calibration;
    private readonly double percentile;
    private readonly LayerFusion fusion;
    private readonly ValueScale[] outputs;
    private readonly Dictionary<int, LayerNumbers> numbers = [];

    private Quantizer(Model model, Calibration calibration, double percentile)
    {
        (this.model, this.calibration, this.percentile) = (model, calibration, percentile);
        fusion = LayerFusion.Of(model.Plan);
        outputs = new ValueScale[model.Layers.Count];
    }

    private ModelPlan Plan => model.Plan;

    /// <summary>Quantises a model.</summary>
    /// <param name="model">The model, which the caller reads.</param>
    /// <param name="calibration">The ranges of its values.</param>
    /// <param name="percentile">The part of the numbers that a range covers, in per cent.</param>
    /// <exception cref="QuantizationException">8 bits cannot hold a layer.</exception>
    public static QuantizedNumbers Quantize(Model model, Calibration calibration, double percentile) => new Quantizer(model, calibration, percentile).Quantize();

    private QuantizedNumbers Quantize()
    {
        for (int l = 0; l < outputs.Length; l++)
        {
            outputs[l] = calibration.Output(l, percentile);
            switch (model.Layers[l])
            {
                case Layer when fusion.IsFused(l):
                    break;
                case Input or Dropout or Dropout2d or Flatten or MaxPool2d:
                    outputs[l] = SourceScale(l);
                    break;
                case EdgeLayer layer:
                    Add(l, layer);
                    break;
                case Activation activation:
                    numbers.Add(l, new CurveNumbers(IntegerOutputs.TableOf(activation.Plan.Function, SourceScale(l), outputs[l]), outputs[l]));
                    break;
                case BatchNorm norm:
                    (double[] factors, double[] summands) = FactorsOf(norm);
                    numbers.Add(l, new UnitNumbers(Singles(factors), Singles(summands), outputs[l]));
                    break;
                case LayerNorm norm:
                    numbers.Add(l, new UnitNumbers(Singles(ValuesOf(norm.Scale)), Singles(ValuesOf(norm.Shift)), outputs[l]));
                    break;
                case Embedding table:
                    numbers.Add(l, TableOf(table.Plan.Dimension, table.Table, table.Positions, outputs[l]));
                    break;
                case EmbeddingBag table:
                    numbers.Add(l, TableOf(table.Plan.Dimension, table.Table, positions: null, outputs[l]));
                    break;
                case Fpe.Add or Concat or AvgPool2d or GlobalAvgPool2d or MeanPool or SelfAttention:
                    numbers.Add(l, new RangeNumbers(outputs[l]));
                    break;
                case var other:
                    throw new QuantizationException(Plan.Name, $"{other.Name} is {other.GetType().Name}, which 8 bits cannot hold; quantise a model with layers of this library.");
            }
        }

        return new QuantizedNumbers(Plan, model.Meaning, model.Seed, model.IsExpanded, calibration.Input(percentile), numbers);
    }

    private ValueScale SourceScale(int layer) => Plan.SourcesOf(layer)[0] is >= 0 and var source ? outputs[source] : calibration.Input(percentile);

    private void Add(int l, EdgeLayer layer)
    {
        LayerFusion.Tail tail = fusion.TailOf(l);
        EdgeLayout layout = layer.Edges;
        double[] weights = layer.ReadWeights(), biases = layer.ReadBiases();
        if (tail.Norm is { } norm)
            Fold((BatchNorm)model.Layers[norm], layout, weights, biases);
        ValueScale input = SourceScale(l), output = calibration.Output(tail.Last, percentile);
        ValueScale sums = tail.HasTable ? calibration.Sums(l, percentile) : output;

        float[] scales = RowScales(layout, weights, biases, input.Scale);
        sbyte[] slots = Round(layout, weights, scales);
        numbers.Add(l, new EdgeNumbers(
            layout, slots, BiasesOf(layer, slots, biases, scales, input), scales, sums,
            tail.HasTable ? IntegerOutputs.TableOf(tail.Activation, sums, output) : null, output));
        outputs[l] = output;
    }

    /// <summary>Makes a batch normalisation a part of the weights and biases before it.</summary>
    private static void Fold(BatchNorm norm, EdgeLayout layout, double[] weights, double[] biases)
    {
        (double[] factors, double[] summands) = FactorsOf(norm);
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            int slot = block.FirstSlot;
            foreach (int row in block.Rows)
            {
                for (int c = 0; c < block.Columns.Length; c++)
                    weights[slot++] *= factors[row];
                biases[row] = (biases[row] * factors[row]) + summands[row];
            }
        }
    }

    /// <summary>Returns a batch normalisation as factor · x + summand, for each unit.</summary>
    private static (double[] Factors, double[] Summands) FactorsOf(BatchNorm norm)
    {
        double[] factors = ValuesOf(norm.Scale), summands = ValuesOf(norm.Shift), means = ValuesOf(norm.RunningMean), variances = ValuesOf(norm.RunningVariance);
        for (int u = 0; u < factors.Length; u++)
        {
            factors[u] /= Math.Sqrt(variances[u] + norm.Plan.Epsilon);
            summands[u] -= means[u] * factors[u];
        }

        return (factors, summands);
    }

    private static TableNumbers TableOf(int dimension, Parameter rows, Parameter? positions, ValueScale output)
    {
        (byte[] own, ValueScale scale) = BytesOf(ValuesOf(rows));
        (byte[]? places, ValueScale placeScale) = positions is null ? (null, scale) : BytesOf(ValuesOf(positions));
        return new TableNumbers(dimension, own, scale, places, placeScale, output);
    }

    private static (byte[] Bytes, ValueScale Scale) BytesOf(double[] values)
    {
        ValueScale scale = ValueScale.Of(values.Min(), values.Max());
        return ([.. values.Select(value => scale.Quantize(value))], scale);
    }

    private static double[] ValuesOf(Parameter parameter)
    {
        var values = new double[parameter.Count];
        parameter.Value.Read(values);
        return values;
    }

    private static float[] Singles(double[] values) => Array.ConvertAll(values, value => (float)value);

    /// <summary>
    /// The number that a weight of 1 stands for, for each row: fine enough for its largest weight, coarse enough for its bias. A row of zeros
    /// has the smallest of the others, since fixed-point factors of a layer share a shift, which the largest one decides.
    /// </summary>
    private static float[] RowScales(EdgeLayout layout, double[] weights, double[] biases, double inputScale)
    {
        var scales = new float[layout.OutputCount];
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            int slot = block.FirstSlot;
            foreach (int row in block.Rows)
            {
                double largest = 0;
                for (int c = 0; c < block.Columns.Length; c++)
                    largest = Math.Max(largest, Math.Abs(weights[slot++]));
                scales[row] = (float)Math.Max(largest / LargestWeight, Math.Abs(biases[row]) / (inputScale * LargestBias));
            }
        }

        float smallest = scales.Where(scale => scale > 0).DefaultIfEmpty(1).Min();
        return Array.ConvertAll(scales, scale => scale > 0 ? scale : smallest);
    }

    private static sbyte[] Round(EdgeLayout layout, double[] weights, float[] rowScales)
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

    /// <summary>The bias of each row in units of its sums, less what the zero point of the inputs adds to every sum.</summary>
    private int[] BiasesOf(EdgeLayer layer, sbyte[] slots, double[] biases, float[] rowScales, ValueScale input)
    {
        EdgeLayout layout = layer.Edges;
        var sums = new int[layout.OutputCount];
        for (int b = 0; b < layout.BlockCount; b++)
        {
            EdgeBlock block = layout.Block(b);
            int slot = block.FirstSlot;
            foreach (int row in block.Rows)
            {
                long sum = 0;
                for (int c = 0; c < block.Columns.Length; c++)
                    sum += slots[slot++];
                double bias = Math.Round(biases[row] / ((double)input.Scale * rowScales[row])) - (input.ZeroPoint * sum);
                sums[row] = Math.Abs(bias) <= int.MaxValue ? (int)bias : throw QuantizedRows.TooLong(Plan.Name, layer.Name, row, block.Columns.Length);
            }
        }

        return sums;
    }
}
