using Fpe.Compute;

namespace Fpe.Onnx.Import;

/// <summary>What a layer of a model computes, as a file has it: activations are parts of their own, and layers that change no prediction are left out.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="Plan">What the part computes.</param>
internal sealed record ModelPart(Layer Layer, LayerPlan Plan)
{
    /// <summary>Whether the part is the weighted sums of a layer.</summary>
    public bool IsSums => Plan is EdgeLayerPlan;

    /// <summary>Returns the parts of a model, each of which reads the one before it.</summary>
    /// <exception cref="OnnxImportException">A layer reads anything else.</exception>
    public static ModelPart[] Of(string file, Model model)
    {
        for (int l = 0; l < model.Layers.Count; l++)
        {
            if (model.Plan.SourcesOf(l) is not [int source] || source != l - 1)
                throw new OnnxImportException(file, $"{model.Plan.Name}.{model.Layers[l].Name} does not read the layer before it alone, but only chains can be imported; import the weights from safetensors.");
        }

        return [.. model.Layers.SelectMany(Of)];
    }

    /// <summary>Whether the part computes what a step of a file does.</summary>
    public bool Computes(LayerPlan step) => (Whole(Plan), Whole(step)) switch
    {
        (LinearPlan { Places: 1 } own, LinearPlan other) => (own.Inputs, own.Neurons) == (other.Inputs, other.Neurons),
        (ConvolutionPlan own, ConvolutionPlan other) => own.Shape == other.Shape,
        (Pool2dPlan own, Pool2dPlan other) => own.GetType() == other.GetType() && own.Shape == other.Shape,
        (GlobalAvgPool2dPlan own, GlobalAvgPool2dPlan other) => own.Input == other.Input,
        (BatchNormPlan own, BatchNormPlan other) => (own.Units, own.Places, (float)own.Epsilon) == (other.Units, other.Places, (float)other.Epsilon),
        (ActivationPlan own, ActivationPlan other) => (own.Function.Kind, (float)own.Function.Slope) == (other.Function.Kind, (float)other.Function.Slope),
        _ => false,
    };

    /// <summary>A mean of a window that is the whole image is one of the channel.</summary>
    private static LayerPlan Whole(LayerPlan plan) =>
        plan is AvgPool2dPlan { Window: { HasPadding: false }, Shape: { Output.Pixels: 1 } } pool && pool.Window.Rows.Kernel == pool.Input.Height && pool.Window.Columns.Kernel == pool.Input.Width
            ? new GlobalAvgPool2dPlan(pool.Name, pool.Input)
            : plan;

    private static IEnumerable<ModelPart> Of(Layer layer) => layer.Plan switch
    {
        DropoutPlan or Dropout2dPlan or FlattenPlan => [],
        EdgeLayerPlan { Activation: { Kind: not ActivationFunction.Identity } } edges => [new(layer, edges), new(layer, new ActivationPlan(edges.Name, edges.Outputs, edges.Activation))],
        var plan => [new(layer, plan)],
    };
}
