using Fpe.Compute;
using Fpe.Quantization;

namespace Fpe.Runtime.Tests.Quantization;

/// <summary>A quantised network as plain loops over its numbers: the reference of the steps whose bytes follow from integers alone.</summary>
/// <param name="numbers">The numbers.</param>
internal sealed class PlainNetwork(QuantizedNumbers numbers)
{
    private readonly LayerFusion fusion = LayerFusion.Of(numbers.Plan);
    private readonly LayerScales scales = LayerScales.Of(numbers);

    /// <summary>Whether all layers of a plan are among those that this reference has.</summary>
    public static bool Has(ModelPlan plan) => plan.TableWeights == 0 && !plan.Layers.Any(layer => layer is LayerNormPlan or SelfAttentionPlan or InputPlan);

    /// <summary>Computes the outputs of one sample.</summary>
    public float[] Outputs(ReadOnlySpan<float> sample)
    {
        var values = new byte[numbers.Plan.Layers.Count][];
        byte[] bytes = [.. sample.ToArray().Select(value => numbers.Input.Quantize(value))];
        for (int l = 0; l < values.Length; l++)
        {
            int[] sources = [.. numbers.Plan.SourcesOf(l)];
            byte[][] inputs = [.. sources.Select(source => source < 0 ? bytes : values[source])];
            if (!fusion.IsFused(l) && numbers.Plan.Layers[l] is LinearPlan && fusion.TailOf(l) is { MakesNumbers: true } tail)
                return Numbers(l, inputs[0], tail.Activation);
            values[l] = fusion.IsFused(l) ? inputs[0] : Compute(l, inputs, [.. sources.Select(scales.Of)]);
        }

        return [.. values[^1].Select(value => scales.Of(values.Length - 1).Restore(value))];
    }

    private byte[] Compute(int l, byte[][] inputs, ValueScale[] from) => numbers.Plan.Layers[l] switch
    {
        LinearPlan plan => Edges(l, inputs[0], from[0], plan.InputImage ?? new ImageShape(inputs[0].Length, 1, 1), Window2d.Square(1), groups: 1),
        ConvolutionPlan plan => Edges(l, inputs[0], from[0], plan.Input, plan.Window, plan.Groups),
        ActivationPlan => [.. inputs[0].Select(value => ((CurveNumbers)numbers.Layers[l]).Table[value])],
        MaxPool2dPlan plan => Windows(inputs[0], plan, seen => seen.Max()),
        AvgPool2dPlan plan => Windows(inputs[0], plan, seen => Rescale(l, [(seen.Sum(value => value - from[0].ZeroPoint), from[0].Scale / ((double)scales.Of(l).Scale * plan.Window.Count))])),
        GlobalAvgPool2dPlan plan => Means(l, inputs[0], from[0], plan.Input.Pixels),
        MeanPoolPlan plan => Means(l, inputs[0], from[0], plan.Places),
        BatchNormPlan plan => Units(l, inputs[0], from[0], plan.Places),
        AddPlan => [.. Enumerable.Range(0, inputs[0].Length).Select(i => Rescale(l, [.. inputs.Zip(from, (x, scale) => (x[i] - scale.ZeroPoint, (double)scale.Scale / scales.Of(l).Scale))]))],
        ConcatPlan => [.. inputs.Zip(from).SelectMany(pair => pair.First.Select(value => scales.Of(l).Quantize(pair.Second.Restore(value))))],
        DropoutPlan or Dropout2dPlan or FlattenPlan => inputs[0],
        var other => throw new ArgumentOutOfRangeException(nameof(l), other, "The reference does not have this layer."),
    };

    private byte Rescale(int l, (int Steps, double Factor)[] summands)
    {
        FixedPoint factors = FixedPoint.OfSigned([.. summands.Select(summand => summand.Factor)])!;
        long sum = summands.Zip(factors.Multipliers, (summand, multiplier) => (long)summand.Steps * multiplier).Sum();
        return scales.Of(l).ByteOf(FixedPoint.Round(sum, factors.Shift));
    }

    private byte[] Means(int l, byte[] x, ValueScale from, int places)
    {
        FixedPoint factors = FixedPoint.Of([(double)from.Scale / scales.Of(l).Scale / places])!;
        return [.. x.Chunk(places).Select(own => scales.Of(l).ByteOf(FixedPoint.Round(own.Sum(value => (long)(value - from.ZeroPoint)) * factors.Multipliers[0], factors.Shift)))];
    }

    private byte[] Units(int l, byte[] x, ValueScale from, int places)
    {
        var units = (UnitNumbers)numbers.Layers[l];
        FixedPoint factors = FixedPoint.OfSigned([.. units.Scales.Select(scale => (double)scale * from.Scale / units.Output.Scale)])!;
        return [.. x.Select((value, i) =>
        {
            long summand = (long)Math.Round(Math.ScaleB((double)units.Shifts[i / places] / units.Output.Scale, factors.Shift));
            return units.Output.ByteOf(FixedPoint.Round(((long)(value - from.ZeroPoint) * factors.Multipliers[i / places]) + summand, factors.Shift));
        })];
    }

    private static byte[] Windows(byte[] x, Pool2dPlan plan, Func<int[], int> ofSeen)
    {
        WindowSide side = plan.Window.Rows;
        var shape = new Pool2dShape(new ImageShape(x.Length / plan.Input.Pixels, plan.Input.Height, plan.Input.Width), side.Kernel, side.Stride, side.Padding);
        return [.. Enumerable.Range(0, shape.Output.Count).Select(o => (byte)ofSeen([.. shape.Seen(o).Select(value => (int)x[value])]))];
    }

    private byte[] Edges(int l, byte[] x, ValueScale from, ImageShape image, Window2d window, int groups)
    {
        var layer = (EdgeNumbers)numbers.Layers[l];
        FixedPoint factors = FixedPoint.Of([.. layer.RowScales.Select(scale => (double)from.Scale * scale / layer.Sums.Scale)])!;
        (int rows, int channels) = (layer.Layout.OutputCount, x.Length / image.Pixels);
        var shape = new Conv2dShape(new ImageShape(channels, image.Height, image.Width), rows, window, groups);
        var y = new byte[shape.Output.Count];
        for (int pixel = 0; pixel < shape.Output.Pixels; pixel++)
        {
            int[] sums = Sums(layer, (row, column) => At(x, shape, row, column, pixel, from.ZeroPoint));
            for (int row = 0; row < rows; row++)
            {
                int steps = Math.Clamp(FixedPoint.Apply(sums[row], factors.Multipliers[row], factors.Shift) + layer.Sums.ZeroPoint, 0, 255);
                y[(row * shape.Output.Pixels) + pixel] = layer.Table is null ? (byte)steps : layer.Table[steps];
            }
        }

        return y;
    }

    private float[] Numbers(int l, byte[] x, ElementFunction activation)
    {
        var layer = (EdgeNumbers)numbers.Layers[l];
        float step = scales.Of(numbers.Plan.SourcesOf(l)[0]).Scale;
        int[] sums = Sums(layer, (_, column) => x[column]);
        var output = new NumberOutput(new int[sums.Length], [.. layer.RowScales.Select(scale => (float)((double)step * scale))], activation);
        return [.. sums.Select((sum, row) => output.Finish(row, sum))];
    }

    /// <summary>Bias and products of each row; the second argument returns the byte that a column of a row reads.</summary>
    private static int[] Sums(EdgeNumbers layer, Func<int, int, int> read)
    {
        int[] sums = [.. layer.Biases];
        for (int b = 0; b < layer.Layout.BlockCount; b++)
        {
            EdgeBlock block = layer.Layout.Block(b);
            int slot = block.FirstSlot;
            foreach (int row in block.Rows)
            {
                foreach (int column in block.Columns)
                    sums[row] += layer.Weights[slot++] * read(row, column);
            }
        }

        return sums;
    }

    /// <summary>The byte under a weight of a filter at an output pixel; that of 0 outside of the image.</summary>
    private static int At(byte[] x, Conv2dShape shape, int filter, int column, int pixel, byte zero)
    {
        int channel = (filter / shape.GroupFilters * shape.GroupChannels) + (column / shape.Window.Count);
        (int i, int j) = Math.DivRem(column % shape.Window.Count, shape.Window.Columns.Kernel);
        int row = shape.Window.Rows.Seen(pixel / shape.Output.Width, i), place = shape.Window.Columns.Seen(pixel % shape.Output.Width, j);
        bool isInside = row >= 0 && row < shape.Input.Height && place >= 0 && place < shape.Input.Width;
        return isInside ? x[(((channel * shape.Input.Height) + row) * shape.Input.Width) + place] : zero;
    }
}
