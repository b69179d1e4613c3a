using Fpe.Counting;

namespace Fpe.Generators.Model;

/// <summary>A fully connected layer; the sizes are the dense parent's.</summary>
internal sealed record LinearSpec(
    string Name, string Modifiers, string FieldName, int Inputs, int Neurons, ActivationFunction Activation, ExpansionSpec Expansion)
    : WeightedLayerSpec(Name, Modifiers, FieldName, Activation)
{
    /// <inheritdoc/>
    public override LayerSize Size => Expansion.SizeOf(Inputs, Neurons);
}
