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
        string value = graph.AddInput("input", model.Plan.InputCount);
        foreach (Layer layer in model.Layers)
            value = Add(layer, value);
        graph.AddOutput(value, "output", model.Plan.OutputCount);
    }

    private string Add(Layer layer, string input)
    {
        switch (layer)
        {
            case Linear linear:
                string output = LinearNodes.Add(graph, linear, input, options, out WrittenLayer weights);
                written.Add(weights);
                return output;
            case Dropout:
                return input; // predictions pass it unchanged
            default:
                throw new OnnxExportException(graph.Place(layer.Name), $"a layer of type {layer.GetType().Name} cannot be written to an ONNX file; only Linear and Dropout can.");
        }
    }
}
