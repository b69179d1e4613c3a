using Fpe.Expansion;

namespace Fpe.Checkpoints;

/// <summary>A model as a file has it, checked against the model it is for.</summary>
/// <param name="IsExpanded">Whether it is expanded.</param>
/// <param name="Layers">Structure and values of the layers with weights.</param>
internal sealed record LoadedModel(bool IsExpanded, IReadOnlyList<ExpandedLayer> Layers)
{
    /// <summary>Gives structure and values to the model that they were checked against.</summary>
    public void ApplyTo(Model model)
    {
        if (IsExpanded)
            model.Restructure(Layers);
        else
            foreach ((Linear layer, ExpandedLayer values) in model.Linears.Zip(Layers))
                layer.Write(values);
    }
}
