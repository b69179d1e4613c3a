using Fpe.Checkpoints;
using Fpe.Compute;
using Fpe.Sparsity;
using static System.FormattableString;

namespace Fpe.Quantization;

/// <summary>
/// Reads a quantised network and checks everything before it is used: the plan, the structure, the count of weights, that there is no other
/// tensor, and that no sum can overflow.
/// </summary>
internal sealed class QuantizedReader
{
    private readonly SafetensorsReader reader;
    private readonly ModelPlan plan;
    private readonly LayerFusion fusion;
    private readonly HashSet<string> used = new(StringComparer.Ordinal);
    private readonly bool isExpanded;
    private readonly LayerShape[] shapes;
    private ValueScale[] scales = [];
    private int nextScale;
    private int nextShape;

    private QuantizedReader(SafetensorsReader reader, ModelPlan plan)
    {
        (this.reader, this.plan, fusion) = (reader, plan, LayerFusion.Of(plan));
        isExpanded = FileChecks.ReadFlag(reader, FileKeys.Expanded);
        shapes = plan.LayerShapes();
    }

    /// <summary>Whether a file has a quantised network.</summary>
    public static bool IsQuantized(SafetensorsReader reader) => reader.Metadata.GetValueOrDefault(FileKeys.Version) == FileKeys.VersionOfBytes;

    /// <summary>Reads a network.</summary>
    /// <param name="reader">The file, which has a quantised network.</param>
    /// <param name="plan">The model that the file must match.</param>
    /// <param name="vectors">The vectors that the network uses.</param>
    /// <exception cref="CheckpointFormatException">The file is damaged.</exception>
    /// <exception cref="CheckpointMismatchException">The file does not fit the model.</exception>
    /// <exception cref="CheckpointValueException">A number is invalid.</exception>
    public static QuantizedNetwork Read(SafetensorsReader reader, ModelPlan plan, IntegerVectors vectors)
    {
        QuantizedNumbers numbers = new QuantizedReader(reader, plan).Read();
        try
        {
            return NetworkAssembly.Build(numbers, vectors);
        }
        catch (QuantizationException error)
        {
            throw new CheckpointValueException(reader.File, $"its numbers do not fit together: {error.Message}");
        }
    }

    private QuantizedNumbers Read()
    {
        PlanJson.RequireSame(reader.Metadata.GetValueOrDefault(FileKeys.Plan) ?? "", plan, isExpanded, reader.File);
        if (isExpanded && !plan.IsExpanded)
            throw new CheckpointMismatchException(reader.File, $"it contains an expanded model, but {plan.Name} has no layer to expand; load it into the model that was saved.");
        scales = ReadScales();
        ValueScale input = NextScale();
        var layers = new Dictionary<int, LayerNumbers>();
        for (int l = 0; l < plan.Layers.Count; l++)
        {
            if (!fusion.IsFused(l) && Read(l) is { } layer)
                layers.Add(l, layer);
        }

        if (nextScale != scales.Length)
            throw new CheckpointMismatchException(reader.File, $"tensor {QuantizedTensors.Scales} has {scales.Length} ranges, but {plan.Name} has {nextScale}; load it into the model that was saved.");
        var numbers = new QuantizedNumbers(plan, MeaningMetadata.Read(reader, plan, ModelMeaning.Unknown), FileChecks.ReadSeed(reader), isExpanded, input, layers);
        FileChecks.RequireCount(reader, plan, isExpanded, numbers.WeightCount);
        if (reader.Tensors.Keys.FirstOrDefault(name => !used.Contains(name)) is { } stray)
            throw new CheckpointMismatchException(reader.File, $"tensor {stray} {reader.Tensors[stray].ShapeText} does not belong to {plan.Name}; rename or remove it.");
        return numbers;
    }

    private LayerNumbers? Read(int l) => plan.Layers[l] switch
    {
        InputPlan or DropoutPlan or Dropout2dPlan or FlattenPlan or MaxPool2dPlan => null,
        EdgeLayerPlan layer => ReadEdges(l, layer),
        ActivationPlan => new CurveNumbers(ReadTable(l), NextScale()),
        BatchNormPlan or LayerNormPlan => ReadUnits(l),
        EmbeddingPlan table => ReadRows(l, table.Vocabulary, table.Dimension, table.HasPositions ? table.Places : 0),
        EmbeddingBagPlan table => ReadRows(l, table.Vocabulary, table.Dimension, places: 0),
        AddPlan or ConcatPlan or AvgPool2dPlan or GlobalAvgPool2dPlan or MeanPoolPlan or SelfAttentionPlan => new RangeNumbers(NextScale()),
        var other => throw new CheckpointMismatchException(reader.File, $"{other.Name} is {other.GetType().Name}, which a network of 8 bits cannot have."),
    };

    private EdgeNumbers ReadEdges(int l, EdgeLayerPlan layer)
    {
        string weight = Name(l) + QuantizedTensors.Weight;
        LayerShape? shape = plan.HasEdges(l) ? shapes[nextShape++] : null;
        EdgeLayout layout = EdgeLayout.Dense(layer.NeuronCount, layer.FanIn);
        if (isExpanded && shape is { } expanded)
        {
            layout = new LayoutTensors(weight).Read(reader, expanded.Outputs, expanded.Inputs);
            used.UnionWith(LayoutTensors.Names(weight));
        }

        (layout, sbyte[] weights) = ReadWeights(weight, layer, layout, hasLayout: isExpanded && shape is not null);
        float[] rowScales = Read<float>(TensorType.F32, weight + QuantizedTensors.RowScale, layout.OutputCount);
        RequireSteps(weight + QuantizedTensors.RowScale, rowScales);
        int[] biases = Read<int>(TensorType.I32, Name(l) + QuantizedTensors.Bias, layout.OutputCount);
        bool hasTable = fusion.TailOf(l).HasTable;
        byte[]? table = hasTable ? ReadTable(l) : null;
        ValueScale sums = NextScale(), output = hasTable ? NextScale() : sums;
        return new EdgeNumbers(layout, weights, biases, rowScales, sums, table, output);
    }

    private (EdgeLayout Layout, sbyte[] Weights) ReadWeights(string weight, EdgeLayerPlan layer, EdgeLayout layout, bool hasLayout)
    {
        string slots = weight + QuantizedTensors.Slots;
        if (hasLayout && !layout.HasHoles && reader.Tensors.ContainsKey(slots))
            return SlotTensor.Read(layout, Read<sbyte>(TensorType.I8, slots, layout.SlotCount));
        bool isWhole = layout.EdgeCount == (long)layout.OutputCount * layout.InputCount;
        string name = isWhole ? weight : weight + ModelWriter.ValuesSuffix;
        sbyte[] weights = Read<sbyte>(TensorType.I8, name, isWhole ? QuantizedWriter.ShapeOf(layer, layout) : [layout.EdgeCount]);
        int wrong = Array.IndexOf(weights, QuantizedTensors.Hole);
        if (wrong >= 0)
            throw new CheckpointValueException(reader.File, Invariant($"{name} is {weights[wrong]} at [{wrong}], but a weight is from -127 to 127; fetch the file again."));
        return (layout, RowMajorOrder.ToSlots(layout, weights));
    }

    private UnitNumbers ReadUnits(int l)
    {
        int units = isExpanded ? plan.ExpandedUnitsOf(l) : plan.Layers[l].Outputs / plan.Layers[l].OutputPlaces;
        return new UnitNumbers(ReadFinite(Name(l) + QuantizedTensors.Weight, units), ReadFinite(Name(l) + QuantizedTensors.Bias, units), NextScale());
    }

    private TableNumbers ReadRows(int l, int vocabulary, int dimension, int places)
    {
        byte[] rows = Read<byte>(TensorType.U8, Name(l) + QuantizedTensors.Weight, vocabulary, dimension);
        byte[]? positions = places > 0 ? Read<byte>(TensorType.U8, Name(l) + QuantizedTensors.Positions, places, dimension) : null;
        ValueScale own = NextScale(), ofPositions = positions is null ? own : NextScale();
        return new TableNumbers(dimension, rows, own, positions, ofPositions, NextScale());
    }

    private byte[] ReadTable(int l) => Read<byte>(TensorType.U8, Name(l) + QuantizedTensors.Table, QuantizedTensors.TableLength);

    private float[] ReadFinite(string name, int count)
    {
        float[] values = Read<float>(TensorType.F32, name, count);
        int wrong = Array.FindIndex(values, value => !float.IsFinite(value));
        return wrong < 0 ? values : throw new CheckpointValueException(reader.File, Invariant($"{name} is {values[wrong]} at [{wrong}], which is not finite; fetch the file again."));
    }

    private ValueScale[] ReadScales()
    {
        long count = reader.Tensors.TryGetValue(QuantizedTensors.Scales, out TensorEntry? tensor) && tensor.Shape.Length == 1 ? tensor.Shape[0] : 0;
        float[] steps = Read<float>(TensorType.F32, QuantizedTensors.Scales, count);
        RequireSteps(QuantizedTensors.Scales, steps);
        byte[] zeros = Read<byte>(TensorType.U8, QuantizedTensors.ZeroPoints, count);
        ValueScale[] ranges = [.. steps.Zip(zeros, (step, zero) => new ValueScale(step, zero))];
        int wrong = Array.FindIndex(ranges, range => !float.IsFinite(range.Restore(byte.MinValue)) || !float.IsFinite(range.Restore(byte.MaxValue)));
        if (wrong >= 0)
            throw new CheckpointValueException(reader.File, Invariant($"{QuantizedTensors.Scales} is {steps[wrong]} at [{wrong}], whose numbers are not all finite; fetch the file again."));
        return ranges;
    }

    private ValueScale NextScale() => nextScale < scales.Length
        ? scales[nextScale++]
        : throw new CheckpointMismatchException(reader.File, $"tensor {QuantizedTensors.Scales} has {scales.Length} ranges, too few for {plan.Name}; load it into the model that was saved.");

    private void RequireSteps(string name, float[] steps)
    {
        int wrong = Array.FindIndex(steps, step => !(step > 0 && float.IsFinite(step)));
        if (wrong >= 0)
            throw new CheckpointValueException(reader.File, Invariant($"{name} is {steps[wrong]} at [{wrong}], but a step is greater than 0 and finite; fetch the file again."));
    }

    private T[] Read<T>(TensorType type, string name, params ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        T[] values = reader.ReadAs<T>(type, name, shape);
        used.Add(name);
        return values;
    }

    private string Name(int l) => plan.Layers[l].NameInFiles;
}
