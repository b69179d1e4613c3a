namespace Fpe.Checkpoints;

/// <summary>A layer with parameters, as an import sees it: like a module of PyTorch.</summary>
/// <param name="Layer">The position of the layer in the model.</param>
/// <param name="Name">The name in files, such as <c>hidden</c>.</param>
/// <param name="Parts">Its parameters in order: the last part of the name, and the shape in files.</param>
internal sealed record ImportTarget(int Layer, string Name, IReadOnlyList<(string Part, long[] Shape)> Parts)
{
    /// <summary>The part that a module can lack, because a layer without it computes the same as with 0.</summary>
    public const string Bias = "bias";

    /// <summary>Returns the layers with parameters of a model that is not expanded.</summary>
    public static ImportTarget[] Of(Model model) =>
    [
        .. model.Layers.Index().Where(layer => layer.Item.Parameters.Count > 0)
            .Select(layer => new ImportTarget(layer.Index, layer.Item.Plan.NameInFiles, [.. layer.Item.Parameters.Select(parameter => (Part(parameter), ShapeOf(layer.Item, parameter)))])),
    ];

    /// <summary>The name of a parameter, such as <c>hidden.weight</c>.</summary>
    public string NameOf(string part) => $"{Name}.{part}";

    private static string Part(Parameter parameter) => TensorModule.Divide(parameter.Name).Part;

    private static long[] ShapeOf(Layer layer, Parameter parameter) =>
        layer is EdgeLayer edges && parameter == edges.Weight ? edges.TensorShapeOf(edges.Edges) : [.. parameter.Shape];
}
