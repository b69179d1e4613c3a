using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe;

/// <summary>A fully connected layer as it was declared.</summary>
/// <param name="Name">Name of the property that declares the layer.</param>
/// <param name="Inputs">Fan-in of a neuron of the dense parent.</param>
/// <param name="Neurons">Neurons of the dense parent.</param>
/// <param name="Activation">The function applied to the weighted sums.</param>
public sealed record LinearPlan(string Name, int Inputs, int Neurons, ActivationFunction Activation = ActivationFunction.Identity)
    : LayerPlan(Name, Inputs, Neurons)
{
    /// <summary>How the neurons are expanded; <see cref="ExpansionPlan.None"/> by default.</summary>
    public ExpansionPlan Expansion { get; init; } = ExpansionPlan.None;

    internal override LayerPlan DenseParent => this with { Expansion = ExpansionPlan.None };

    internal override Layer Create(Device device, long seed, int index) => new Linear(this, device, seed, index);
}
