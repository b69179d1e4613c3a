using Fpe.Onnx.Graph;
using Fpe.Quantization;

namespace Fpe.Onnx.Layers;

/// <summary>What a quantised network adds to the nodes of its model: bytes between layers, and weights of 8 bits.</summary>
internal sealed class ByteNetwork
{
    private readonly GraphBuilder graph;
    private readonly QuantizedNumbers numbers;
    private readonly LayerFusion fusion;
    private readonly LayerScales scales;

    // The layer with edges that each layer which ends its step belongs to.
    private readonly Dictionary<int, int> heads;
    private string? sample;

    /// <summary>Reads a quantised network.</summary>
    /// <param name="graph">The graph so far.</param>
    /// <param name="numbers">The numbers of the network.</param>
    public ByteNetwork(GraphBuilder graph, QuantizedNumbers numbers)
    {
        (this.graph, this.numbers, fusion, scales) = (graph, numbers, LayerFusion.Of(numbers.Plan), LayerScales.Of(numbers));
        heads = numbers.Layers.Where(layer => layer.Value is EdgeNumbers).ToDictionary(layer => fusion.TailOf(layer.Key).Last, layer => layer.Key);
    }

    /// <summary>Whether a layer is part of the weights of the layer that it reads.</summary>
    public bool IsFolded(int layer) => fusion.IsFused(layer) && numbers.Plan.Layers[layer] is BatchNormPlan;

    /// <summary>The numbers of a layer with edges.</summary>
    public EdgeValues ValuesOf(int index, EdgeLayer layer)
    {
        LayerFusion.Tail tail = fusion.TailOf(index);
        bool roundsSums = tail.HasTable && tail.Activation == layer.Plan.Activation;
        return new ByteEdgeValues(graph, layer, (EdgeNumbers)numbers.Layers[index], scales.Of(numbers.Plan.SourcesOf(index)[0]), roundsSums);
    }

    /// <summary>The tables of a layer that reads tokens.</summary>
    public TableNumbers TableOf(int index) => (TableNumbers)numbers.Layers[index];

    /// <summary>Returns a value as a layer reads it: the sample as bytes, unless it is tokens, and the sums of a layer before a table.</summary>
    /// <param name="index">The layer.</param>
    /// <param name="source">Which of its values.</param>
    /// <param name="value">The value.</param>
    public Value Before(int index, int source, Value value)
    {
        LayerPlan layer = numbers.Plan.Layers[index];
        if (numbers.Plan.SourcesOf(index)[source] < 0 && !ReadsTokens(layer, source) && layer is not InputPlan)
            return value with { Name = sample ??= RoundingNodes.Add(graph, "input", "bytes", value.Name, numbers.Input) };
        return layer is ActivationPlan && fusion.IsFused(index) && heads.TryGetValue(index, out int head) && fusion.TailOf(head).HasTable
            ? value with { Name = RoundingNodes.Add(graph, layer.Name, "sums", value.Name, ((EdgeNumbers)numbers.Layers[head]).Sums) }
            : value;
    }

    /// <summary>Whether a value of a layer is tokens, which are no bytes.</summary>
    private static bool ReadsTokens(LayerPlan layer, int source) =>
        layer is EmbeddingPlan or EmbeddingBagPlan || (source == 1 && layer is MeanPoolPlan or SelfAttentionPlan);

    /// <summary>Returns the value of a layer as bytes, if its step ends there and the network does not.</summary>
    public Value After(int index, Value value)
    {
        LayerPlan layer = numbers.Plan.Layers[index];
        if (layer is InputPlan { Vocabulary: 0 })
            return Round(numbers.Input);
        if (heads.TryGetValue(index, out int head))
            return fusion.TailOf(head).MakesNumbers ? value : Round(numbers.Layers[head].Output);
        return numbers.Layers.TryGetValue(index, out LayerNumbers? own) && own is not EdgeNumbers ? Round(own.Output) : value;

        Value Round(ValueScale scale) => value with { Name = RoundingNodes.Add(graph, layer.Name, "outputs", value.Name, scale) };
    }
}
