using Fpe.Expansion;

namespace Fpe.Checkpoints;

/// <summary>A model as a file has it, checked against the model it is for.</summary>
/// <param name="IsExpanded">Whether it is expanded.</param>
/// <param name="Layers">Structure and values of the fully connected layers.</param>
/// <param name="Parameters">The parameters that the model will have, in its order.</param>
/// <param name="Others">Values of the parameters of other layers, such as filters.</param>
internal sealed record LoadedModel(
    bool IsExpanded, IReadOnlyList<ExpandedLayer> Layers, IReadOnlyList<LoadedParameter> Parameters,
    IReadOnlyList<LoadedValues> Others)
{
    /// <summary>Gives structure and values to the model that they were checked against.</summary>
    public void ApplyTo(Model model)
    {
        if (IsExpanded)
            model.Restructure(Layers);
        else
            WriteEdgeLayers(model);

        // After the layers below have their widths: those of a norm follow.
        foreach (LoadedValues other in Others)
            model.Layers[other.Layer].Parameters[other.Index].Value.Write(other.Values);
    }

    private void WriteEdgeLayers(Model model)
    {
        foreach ((EdgeLayer layer, ExpandedLayer values) in model.EdgeLayers.Zip(Layers))
            layer.Write(values);
    }
}

/// <summary>A parameter of a model that was read.</summary>
/// <param name="Name">Name such as <c>hidden.weight</c>.</param>
/// <param name="Count">Edges of a weight, elements of a vector.</param>
internal sealed record LoadedParameter(string Name, int Count);
