using Fpe.Compute;
using static System.FormattableString;

namespace Fpe.Quantization;

/// <summary>Puts a network together from its numbers: which steps there are follows from the plan.</summary>
internal sealed class NetworkAssembly
{
    private readonly QuantizedNumbers numbers;
    private readonly LayerFusion fusion;
    private readonly List<QuantizedStep> steps = [];
    private readonly List<int> widths = [];
    private readonly List<ValueScale> scales = [];

    // The value of each layer, and where the tokens of each Input begin in a sample.
    private readonly int[] values;
    private readonly int[] tokens;

    private NetworkAssembly(QuantizedNumbers numbers)
    {
        this.numbers = numbers;
        fusion = LayerFusion.Of(numbers.Plan);
        (values, tokens) = (new int[numbers.Plan.Layers.Count], new int[numbers.Plan.Layers.Count]);
    }

    private ModelPlan Plan => numbers.Plan;

    /// <summary>Puts a network together.</summary>
    /// <param name="numbers">Its numbers, whose shapes are those of the plan.</param>
    /// <param name="vectors">The vectors that it uses.</param>
    /// <exception cref="QuantizationException">Sums of a layer do not fit.</exception>
    public static QuantizedNetwork Build(QuantizedNumbers numbers, IntegerVectors vectors) => new NetworkAssembly(numbers).Build(vectors);

    private QuantizedNetwork Build(IntegerVectors vectors)
    {
        AddValue(Plan.InputCount, numbers.Input);
        for (int l = 0; l < values.Length; l++)
            values[l] = fusion.IsFused(l) ? Source(l) : Add(l);
        int last = values[^1];
        if (steps.Count == 0 || steps[^1].Layer?.Numbers is null)
            Add(new RestoreOperation(last, widths[last], scales[last]), 0, scales[last]);
        return new QuantizedNetwork(numbers, [.. steps], [.. widths], vectors);
    }

    /// <summary>Adds the steps of a layer, and returns its value.</summary>
    private int Add(int l) => Plan.Layers[l] switch
    {
        InputPlan { Vocabulary: > 0 } input => AddTokens(l, input),
        InputPlan input => Add(new SliceOperation(input.First, input.Count), input.Count, numbers.Input),
        DropoutPlan or Dropout2dPlan or FlattenPlan => Source(l),
        LinearPlan { Places: 1 } => AddLinear(l),
        LinearPlan linear => AddFilters(l, linear.InputImage!.Value, Window2d.Square(1), groups: 1),
        ConvolutionPlan plan => AddFilters(l, plan.Input, plan.Window, plan.Groups),
        ActivationPlan => AddTable(l, (CurveNumbers)numbers.Layers[l]),
        MaxPool2dPlan plan => AddMax(l, plan),
        AvgPool2dPlan plan => AddMean(l, plan),
        GlobalAvgPool2dPlan plan => AddPlaces(l, plan.Input.Pixels, firstToken: -1),
        MeanPoolPlan plan => AddPlaces(l, plan.Places, plan.ReadsTokens ? Tokens(l, 1) : -1),
        BatchNormPlan plan => AddUnits(l, plan.Places, (UnitNumbers)numbers.Layers[l]),
        LayerNormPlan plan => AddNorm(l, plan, (UnitNumbers)numbers.Layers[l]),
        AddPlan => AddSum(l),
        ConcatPlan => AddJoin(l),
        EmbeddingPlan plan => AddLookup(l, plan, (TableNumbers)numbers.Layers[l]),
        EmbeddingBagPlan plan => AddBag(l, plan, (TableNumbers)numbers.Layers[l]),
        SelfAttentionPlan plan => AddAttention(l, plan),
        var other => throw new QuantizationException(Plan.Name, $"{other.Name} is {other.GetType().Name}, which 8 bits cannot hold; quantise a model with layers of this library."),
    };

    private int AddValue(int width, ValueScale scale)
    {
        widths.Add(width);
        scales.Add(scale);
        return widths.Count - 1;
    }

    private int Add(QuantizedOperation operation, int width, ValueScale scale)
    {
        int value = AddValue(width, scale);
        steps.Add(QuantizedStep.Of(operation, value));
        return value;
    }

    /// <summary>The value that a layer reads.</summary>
    private int Source(int layer, int index = 0) => Plan.SourcesOf(layer)[index] is >= 0 and var source ? values[source] : 0;

    private int[] Sources(int layer) => [.. Enumerable.Range(0, Plan.SourcesOf(layer).Count).Select(index => Source(layer, index))];

    /// <summary>Where the tokens that a layer reads begin in a sample.</summary>
    private int Tokens(int layer, int index) => Plan.SourcesOf(layer)[index] is >= 0 and var source ? tokens[source] : 0;

    private ValueScale OutputOf(int layer) => numbers.Layers[layer].Output;

    private int AddTokens(int l, InputPlan input)
    {
        tokens[l] = input.First;
        return 0;
    }

    private int AddLinear(int l)
    {
        var layer = (EdgeNumbers)numbers.Layers[l];
        LayerFusion.Tail tail = fusion.TailOf(l);
        QuantizedRows rows = RowsOf(l, layer);
        int source = Source(l), value = AddValue(layer.Layout.OutputCount, layer.Output);
        steps.Add(new QuantizedStep(source, value, tail.MakesNumbers ? rows.ToNumbers(tail.Activation) : rows.ToBytes(layer.Layout), Table: null));
        return value;
    }

    private int AddFilters(int l, ImageShape image, Window2d window, int groups)
    {
        var layer = (EdgeNumbers)numbers.Layers[l];
        int source = Source(l);
        var read = new ImageShape(widths[source] / image.Pixels, image.Height, image.Width);
        var shape = new Conv2dShape(read, layer.Layout.OutputCount, window);
        QuantizedLinear filters = RowsOf(l, layer).ToBytes(layer.Layout.AcrossGroups(groups));
        return Add(new FilterOperation(source, filters, shape, scales[source].ZeroPoint), shape.Output.Count, layer.Output);
    }

    private QuantizedRows RowsOf(int l, EdgeNumbers layer) => new(Plan.Name, Plan.Layers[l].Name, layer, scales[Source(l)]);

    private int AddTable(int l, CurveNumbers curve)
    {
        int source = Source(l), value = AddValue(widths[source], curve.Output);
        steps.Add(new QuantizedStep(source, value, Layer: null, curve.Table));
        return value;
    }

    private int AddMax(int l, MaxPool2dPlan plan)
    {
        int source = Source(l);
        Pool2dShape shape = ShapeOf(plan, source);
        return Add(new MaxOperation(source, shape), shape.Output.Count, scales[source]);
    }

    private int AddMean(int l, AvgPool2dPlan plan)
    {
        int source = Source(l);
        Pool2dShape shape = ShapeOf(plan, source);
        FixedPoint factor = Factors(l, [scales[source].Scale / ((double)OutputOf(l).Scale * shape.Window.Count)]);
        return Add(new MeanOperation(source, shape, scales[source], factor, OutputOf(l)), shape.Output.Count, OutputOf(l));
    }

    private Pool2dShape ShapeOf(Pool2dPlan plan, int source) =>
        new(plan.Name, new ImageShape(widths[source] / plan.Input.Pixels, plan.Input.Height, plan.Input.Width), plan.Window);

    private int AddPlaces(int l, int places, int firstToken)
    {
        int source = Source(l), units = widths[source] / places;
        double factor = (double)scales[source].Scale / OutputOf(l).Scale;
        FixedPoint factors = Factors(l, firstToken < 0 ? [factor / places] : Shares(places, factor));
        return Add(new PlacesOperation(source, units, places, firstToken, scales[source], factors, OutputOf(l)), units, OutputOf(l));
    }

    /// <summary>The factors of a mean, for each number of summands, from 0.</summary>
    private static double[] Shares(int most, double factor) => [.. Enumerable.Range(0, most + 1).Select(count => count == 0 ? 0 : factor / count)];

    private int AddUnits(int l, int places, UnitNumbers units)
    {
        int source = Source(l);
        FixedPoint factors = Factors(l, [.. units.Scales.Select(scale => (double)scale * scales[source].Scale / units.Output.Scale)]);
        double[] summands = [.. units.Shifts.Select(shift => Math.Round(Math.ScaleB((double)shift / units.Output.Scale, factors.Shift)))];
        if (Array.Exists(summands, summand => Math.Abs(summand) > 1L << 60))
            throw TooNarrow(l);
        return Add(
            new UnitOperation(source, places, scales[source], factors, [.. summands.Select(summand => (long)summand)], units.Output), widths[source], units.Output);
    }

    private int AddNorm(int l, LayerNormPlan plan, UnitNumbers units)
    {
        int source = Source(l);
        return Add(new NormOperation(source, plan.Places, scales[source], units.Scales, units.Shifts, plan.Epsilon, units.Output), widths[source], units.Output);
    }

    private int AddSum(int l)
    {
        int[] sources = Sources(l);
        ValueScale[] inputs = [.. sources.Select(source => scales[source])];
        FixedPoint factors = Factors(l, [.. inputs.Select(input => (double)input.Scale / OutputOf(l).Scale)]);
        return Add(new SumOperation(sources, widths[sources[0]], inputs, factors, OutputOf(l)), widths[sources[0]], OutputOf(l));
    }

    private int AddJoin(int l)
    {
        int[] sources = Sources(l), own = [.. sources.Select(source => widths[source])];
        byte[][] tables = [.. sources.Select(source => IntegerOutputs.TableOf(ActivationFunction.Identity, scales[source], OutputOf(l)))];
        return Add(new JoinOperation(sources, own, tables), own.Sum(), OutputOf(l));
    }

    private int AddLookup(int l, EmbeddingPlan plan, TableNumbers rows)
    {
        FixedPoint factors = Factors(l, [(double)rows.RowScale.Scale / rows.Output.Scale, rows.Positions is null ? 0 : (double)rows.PositionScale.Scale / rows.Output.Scale]);
        return Add(new LookupOperation(Tokens(l, 0), rows, plan.Places, factors, rows.Output), plan.Outputs, rows.Output);
    }

    private int AddBag(int l, EmbeddingBagPlan plan, TableNumbers rows)
    {
        double factor = (double)rows.RowScale.Scale / rows.Output.Scale;
        double[] factors = plan.Mode == BagMode.Mean ? Shares(plan.Places, factor) : [.. Enumerable.Repeat(factor, plan.Places + 1)];
        return Add(new BagOperation(Tokens(l, 0), rows, plan.Places, Factors(l, factors), rows.Output), plan.Outputs, rows.Output);
    }

    private int AddAttention(int l, SelfAttentionPlan plan)
    {
        int source = Source(l);
        return Add(new AttentionOperation(source, plan.Shape, plan.ReadsTokens ? Tokens(l, 1) : -1, scales[source], OutputOf(l)), plan.Outputs, OutputOf(l));
    }

    private FixedPoint Factors(int l, double[] factors) => FixedPoint.OfSigned(factors) ?? throw TooNarrow(l);

    private QuantizationException TooNarrow(int l) => new(
        Plan.Name, Invariant($"the outputs of {Plan.Layers[l].Name} range over only {OutputOf(l).Scale * byte.MaxValue:g3}, too little for what it reads; calibrate with more samples."));
}
