using Fpe.Expansion;

namespace Fpe.Checkpoints;

/// <summary>A model read from a file, checked against the model that receives it.</summary>
/// <param name="IsExpanded">Whether it is expanded.</param>
/// <param name="Layers">The structure and values of the layers with edges.</param>
/// <param name="Parameters">The parameters that the model will have, in its order.</param>
/// <param name="Others">The values of the parameters of other layers, such as filters.</param>
/// <param name="Meaning">What the outputs will mean.</param>
internal sealed record LoadedModel(
    bool IsExpanded, IReadOnlyList<ExpandedLayer> Layers, IReadOnlyList<LoadedParameter> Parameters,
    IReadOnlyList<LoadedValues> Others, ModelMeaning Meaning)
{
    /// <summary>Applies the structure and values to the model that they were checked against.</summary>
    public void ApplyTo(Model model)
    {
        if (IsExpanded)
            model.Restructure(Layers);
        else
            WriteEdgeLayers(model);

        // This follows the layers with edges, because the widths of norms depend on theirs.
        foreach (LoadedValues other in Others)
            model.Layers[other.Layer].Parameters[other.Index].Value.Write(other.Values);
        model.MeanAlone(Meaning);
        model.IsTrained = true;
    }

    private void WriteEdgeLayers(Model model)
    {
        foreach ((EdgeLayer layer, ExpandedLayer values) in model.EdgeLayers.Zip(Layers))
            layer.Write(values);
    }
}

/// <summary>A parameter of a loaded model.</summary>
/// <param name="Name">The name, such as <c>hidden.weight</c>.</param>
/// <param name="Count">The number of edges of a weight, or of elements of a vector.</param>
internal sealed record LoadedParameter(string Name, int Count);
