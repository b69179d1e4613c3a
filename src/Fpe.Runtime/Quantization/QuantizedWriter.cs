using System.Globalization;
using Fpe.Checkpoints;
using Fpe.Compute;

namespace Fpe.Quantization;

/// <summary>Converts a quantised network to metadata and tensors, of which only weights of edges that exist are stored.</summary>
/// <param name="numbers">The numbers of the network.</param>
internal sealed class QuantizedWriter(QuantizedNumbers numbers)
{
    private ModelPlan Plan => numbers.Plan;

    /// <summary>Prepares a file.</summary>
    /// <param name="file">Its name, for messages.</param>
    /// <exception cref="CheckpointFormatException">Two tensors have the same name.</exception>
    public SafetensorsWriter ToFile(string file) => new(file, Metadata(), Tensors());

    private IEnumerable<KeyValuePair<string, string>> Metadata()
    {
        yield return new("format", "pt");
        yield return new(FileKeys.Version, FileKeys.VersionOfBytes);
        yield return new(FileKeys.Plan, PlanJson.Write(Plan));
        yield return new(FileKeys.Seed, numbers.Seed.ToString(CultureInfo.InvariantCulture));
        yield return new(FileKeys.Expanded, numbers.IsExpanded ? "true" : "false");
        foreach (KeyValuePair<string, string> entry in MeaningMetadata.Of(numbers.Meaning))
            yield return entry;
        foreach ((int l, LayerNumbers layer) in numbers.Layers)
        {
            if (layer is EdgeNumbers edges && HasLayout(l))
                yield return new(FileKeys.Structure + WeightOf(l), edges.Layout.Structure.ToString());
        }
    }

    private IEnumerable<Tensor> Tensors()
    {
        ValueScale[] scales = [.. ScaleList.Of(numbers)];
        yield return new TensorOf<float>(QuantizedTensors.Scales, TensorType.F32, [scales.Length], Array.ConvertAll(scales, scale => scale.Scale));
        yield return new TensorOf<byte>(QuantizedTensors.ZeroPoints, TensorType.U8, [scales.Length], Array.ConvertAll(scales, scale => scale.ZeroPoint));
        foreach (Tensor tensor in numbers.Layers.SelectMany(layer => Of(layer.Key, layer.Value)))
            yield return tensor;
    }

    private IEnumerable<Tensor> Of(int l, LayerNumbers layer) => layer switch
    {
        EdgeNumbers edges => Of(l, edges),
        CurveNumbers curve => [TableOf(l, curve.Table)],
        UnitNumbers units => [Numbers(WeightOf(l), units.Scales), Numbers(BiasOf(l), units.Shifts)],
        TableNumbers table => Of(l, table),
        RangeNumbers => [],
        _ => throw new ArgumentOutOfRangeException(nameof(layer), layer, "Unknown numbers of a layer."),
    };

    private IEnumerable<Tensor> Of(int l, EdgeNumbers edges)
    {
        EdgeLayout layout = edges.Layout;
        string weight = WeightOf(l);
        bool hasSlots = SlotTensor.IsSmaller(layout);
        if (HasLayout(l))
        {
            foreach (Tensor index in new LayoutTensors(weight).Of(hasSlots ? SlotTensor.WithoutHoles(layout) : layout))
                yield return index;
        }

        yield return hasSlots ? SlotTensor.Of(weight + QuantizedTensors.Slots, layout, edges.Weights) : WeightsOf(weight, Plan.Layers[l], edges);
        yield return Numbers(weight + QuantizedTensors.RowScale, edges.RowScales);
        yield return new TensorOf<int>(BiasOf(l), TensorType.I32, [edges.Biases.Length], edges.Biases);
        if (edges.Table is { } table)
            yield return TableOf(l, table);
    }

    private static TensorOf<sbyte> WeightsOf(string name, LayerPlan layer, EdgeNumbers edges)
    {
        sbyte[] weights = RowMajorOrder.ToEdges(edges.Layout, edges.Weights);
        return weights.Length == (long)edges.Layout.OutputCount * edges.Layout.InputCount
            ? new TensorOf<sbyte>(name, TensorType.I8, ShapeOf(layer, edges.Layout), weights)
            : new TensorOf<sbyte>(name + ModelWriter.ValuesSuffix, TensorType.I8, [weights.Length], weights);
    }

    private IEnumerable<Tensor> Of(int l, TableNumbers table)
    {
        yield return Rows(WeightOf(l), table.Rows, table.Dimension);
        if (table.Positions is { } positions)
            yield return Rows(Name(l) + QuantizedTensors.Positions, positions, table.Dimension);
    }

    /// <summary>The shape of weights without holes, as it is in files of models.</summary>
    public static long[] ShapeOf(LayerPlan layer, EdgeLayout layout) => layer is ConvolutionPlan convolution
        ? [layout.OutputCount, layout.InputCount / convolution.Window.Count, .. convolution.KernelSizes]
        : [layout.OutputCount, layout.InputCount];

    private bool HasLayout(int l) => numbers.IsExpanded && Plan.HasEdges(l);

    private string Name(int l) => Plan.Layers[l].NameInFiles;

    private string WeightOf(int l) => Name(l) + QuantizedTensors.Weight;

    private string BiasOf(int l) => Name(l) + QuantizedTensors.Bias;

    private TensorOf<byte> TableOf(int l, byte[] table) => new(Name(l) + QuantizedTensors.Table, TensorType.U8, [table.Length], table);

    private static TensorOf<byte> Rows(string name, byte[] rows, int dimension) => new(name, TensorType.U8, [rows.Length / dimension, dimension], rows);

    private static TensorOf<float> Numbers(string name, float[] values) => new(name, TensorType.F32, [values.Length], values);
}
