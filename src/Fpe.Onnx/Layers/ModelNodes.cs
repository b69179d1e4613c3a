using Fpe.Compute;
using Fpe.Onnx.Graph;

namespace Fpe.Onnx.Layers;

/// <summary>The layers of a model as nodes.</summary>
/// <param name="graph">The graph so far.</param>
/// <param name="options">How layers are to be written.</param>
internal sealed class ModelNodes(GraphBuilder graph, OnnxExportOptions options)
{
    private readonly List<WrittenLayer> written = [];

    /// <summary>The layers with weights that were added.</summary>
    public IReadOnlyList<WrittenLayer> Written => written;

    /// <summary>Adds input, layers and output of a model.</summary>
    /// <exception cref="OnnxExportException">A layer cannot be written.</exception>
    public void Add(Model model)
    {
        var value = new Value("input", model.Plan.InputCount, ImageOf(model.Plan));
        graph.AddInput(value.Name, value.Sizes);
        foreach (Layer layer in model.Layers)
            value = Add(layer, value);
        graph.AddOutput(value.Name, "output", value.Sizes);
    }

    /// <summary>The image that a model reads; null where it reads vectors.</summary>
    private static ImageShape? ImageOf(ModelPlan plan) => plan.Layers.FirstOrDefault(layer => layer is not DropoutPlan) switch
    {
        Conv2dPlan layer => layer.Input,
        MaxPool2dPlan layer => layer.Input,
        FlattenPlan layer => layer.Input,
        _ => null,
    };

    private Value Add(Layer layer, Value input)
    {
        switch (layer)
        {
            case Linear linear:
                string sums = LinearNodes.Add(graph, linear, ImageNodes.Flatten(graph, layer, input).Name, options, out WrittenLayer matrix);
                written.Add(matrix);
                return new Value(sums, layer.OutputCount);
            case Conv2d convolution:
                Value image = ImageNodes.Convolve(graph, convolution, input, out WrittenLayer filters);
                written.Add(filters);
                return image;
            case MaxPool2d pooling:
                return ImageNodes.Pool(graph, pooling, input);
            case Flatten:
                return ImageNodes.Flatten(graph, layer, input);
            case Dropout:
                return input; // predictions pass it unchanged
            default:
                throw new OnnxExportException(graph.Place(layer.Name), $"a layer of type {layer.GetType().Name} cannot be written to an ONNX file.");
        }
    }
}
