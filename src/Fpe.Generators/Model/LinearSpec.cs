using Fpe.Counting;

namespace Fpe.Generators.Model;

/// <summary>A fully connected layer; the sizes are the dense parent's.</summary>
internal sealed record LinearSpec(
    string Name, string Modifiers, string FieldName, int Inputs, int Neurons, ActivationFunction Activation, ExpansionSpec Expansion)
    : LayerSpec(Name, Modifiers, FieldName)
{
    /// <summary>What the counting rules need to know of the layer.</summary>
    public LayerSize Size => new(Inputs, Neurons, Expansion.Factor, Expansion.Outgoing == Outgoing.Deal);
}
