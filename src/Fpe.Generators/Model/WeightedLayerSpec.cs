using Fpe.Counting;

namespace Fpe.Generators.Model;

/// <summary>A layer with weights, and with the function it applies to its weighted sums.</summary>
internal abstract record WeightedLayerSpec(string Name, string Modifiers, string FieldName, ActivationFunction Activation)
    : LayerSpec(Name, Modifiers, FieldName)
{
    /// <summary>What the counting rules need to know of the layer.</summary>
    public abstract LayerSize Size { get; }
}
