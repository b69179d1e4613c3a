using Fpe.Compute;
using Fpe.Onnx.Graph;

namespace Fpe.Onnx.Layers;

/// <summary>The layers of a model as nodes.</summary>
/// <param name="graph">The graph so far.</param>
/// <param name="options">How layers are to be written.</param>
/// <param name="bytes">What a quantised network adds; null for a model.</param>
internal sealed class ModelNodes(GraphBuilder graph, OnnxExportOptions options, ByteNetwork? bytes = null)
{
    private readonly List<WrittenLayer> written = [];

    /// <summary>The layers with weights that were added.</summary>
    public IReadOnlyList<WrittenLayer> Written => written;

    /// <summary>Adds input, layers and output of a model.</summary>
    /// <exception cref="OnnxExportException">A layer cannot be written.</exception>
    public void Add(Model model)
    {
        var sample = new Value("input", model.Plan.InputCount, ImageReadFrom(model.Plan, -1));
        graph.AddInput(sample.Name, sample.Sizes);
        var values = new Value[model.Layers.Count];
        for (int l = 0; l < values.Length; l++)
        {
            Value[] inputs = [.. model.Plan.SourcesOf(l).Select(source => source < 0 ? sample : values[source])];
            if (bytes is not null)
                inputs = [.. inputs.Select((value, source) => bytes.Before(l, source, value))];
            Value output = Add(model, l, inputs);
            values[l] = bytes?.After(l, output) ?? output;
        }

        graph.AddOutput(values[^1].Name, "output", values[^1].Sizes);
    }

    /// <summary>The image as which a value is read; null if it is read as a vector. Dropout is not in the file.</summary>
    private static ImageShape? ImageReadFrom(ModelPlan plan, int value)
    {
        int reader = Enumerable.Range(0, plan.Layers.Count).First(layer => plan.SourcesOf(layer).Contains(value));
        return plan.Layers[reader] is DropoutPlan && reader + 1 < plan.Layers.Count ? ImageReadFrom(plan, reader)
            : plan.Layers[reader] is LinearPlan or MeanPoolPlan or Conv1dPlan ? null // sequences are vectors in the graph
            : plan.Layers[reader].InputImage;
    }

    private Value Add(Model model, int index, Value[] inputs)
    {
        Layer layer = model.Layers[index];
        Value input = inputs[0];
        switch (layer)
        {
            case Linear { Plan.Places: > 1 } linear:
                Value places = SequenceNodes.Convolve(graph, linear, ValuesOf(model, index, linear), ImageNodes.Flatten(graph, layer, input), out WrittenLayer ofPlaces);
                written.Add(ofPlaces);
                return places;
            case Linear linear:
                string sums = LinearNodes.Add(graph, linear, ValuesOf(model, index, linear), ImageNodes.Flatten(graph, layer, input).Name, options, out WrittenLayer matrix);
                written.Add(matrix);
                return new Value(sums, layer.OutputCount);
            case Conv1d convolution:
                Value sequence = SequenceNodes.Convolve(graph, convolution, ValuesOf(model, index, convolution), ImageNodes.Flatten(graph, layer, input), out WrittenLayer overPlaces);
                written.Add(overPlaces);
                return sequence;
            case Convolution convolution:
                Value image = ImageNodes.Convolve(graph, convolution, ValuesOf(model, index, convolution), input, out WrittenLayer filters);
                written.Add(filters);
                return image;
            case MaxPool2d pooling:
                return ImageNodes.Pool(graph, pooling, input);
            case AvgPool2d pooling:
                return ImageNodes.Pool(graph, pooling, input);
            case Flatten:
                return ImageNodes.Flatten(graph, layer, input);
            case Dropout or Dropout2d:
                return input; // predictions pass it unchanged
            case Activation activation:
                return input with { Name = ActivationNodes.Add(graph, layer.Name, activation.Plan.Function, input.Name) };
            case Fpe.Add:
                return input with { Name = graph.AddNode("Sum", layer.Name, ImageNodes.InOneShape(graph, layer, inputs)), Image = ImageNodes.Shared(inputs) };
            case Concat:
                return new Value(
                    graph.AddNode("Concat", layer.Name, inputs.Select(value => ImageNodes.Flatten(graph, layer, value).Name), NodeAttribute.Of("axis", 1)),
                    layer.OutputCount);
            case BatchNorm when bytes?.IsFolded(index) == true:
                return input;
            case BatchNorm norm when written.Exists(layer => layer.Values.Norm == norm):
                return input; // folded into the layer before
            case BatchNorm norm:
                return NormNodes.Add(graph, norm, input);
            case GlobalAvgPool2d pooling:
                return ImageNodes.Pool(graph, pooling, input);
            case LayerNorm { Plan.Places: > 1 } norm:
                return SequenceNodes.Normalise(graph, norm, ImageNodes.Flatten(graph, layer, input));
            case LayerNorm norm:
                return new Value(NormNodes.Add(graph, norm, ImageNodes.Flatten(graph, layer, input).Name, norm.Scale.Count), layer.OutputCount);
            case Input part:
                return SequenceNodes.Slice(graph, part, input);
            case Embedding embedding:
                return SequenceNodes.Embed(graph, embedding, input, bytes?.TableOf(index));
            case EmbeddingBag bag:
                return SequenceNodes.Bag(graph, bag, input, bytes?.TableOf(index));
            case MeanPool pooling:
                return SequenceNodes.Mean(graph, pooling, ImageNodes.Flatten(graph, layer, input), inputs.Length > 1 ? inputs[1] : null);
            case SelfAttention attention:
                return SequenceNodes.Attend(graph, attention, ImageNodes.Flatten(graph, layer, input), inputs.Length > 1 ? inputs[1] : null);
            default:
                throw new OnnxExportException(graph.Place(layer.Name), $"a layer of type {layer.GetType().Name} cannot be written to an ONNX file.");
        }
    }

    private EdgeValues ValuesOf(Model model, int index, EdgeLayer layer) =>
        bytes?.ValuesOf(index, layer) ?? new EdgeValues(graph, layer, FoldedNorm.After(graph, model, index));
}
