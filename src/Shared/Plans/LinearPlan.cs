using System.Collections.Generic;
using Fpe.Compute;
using Fpe.Counting;
using Fpe.Expansion;

namespace Fpe;

/// <summary>A fully connected layer as it was declared.</summary>
/// <param name="Name">Name of the property that declares the layer.</param>
/// <param name="Inputs">Fan-in of a neuron of the dense parent.</param>
/// <param name="Neurons">Neurons of the dense parent.</param>
/// <param name="Activation">The function applied to the weighted sums.</param>
/// <exception cref="PlanException">The name is no C# identifier, a number is below 1 or too large, or the activation is none.</exception>
public partial record LinearPlan(string Name, int Inputs, int Neurons, ActivationFunction Activation = ActivationFunction.Identity)
    : EdgeLayerPlan(Name, Inputs, PlanException.RequirePositive(Name, "the number of neurons", Neurons), Activation)
{
    /// <summary>Neurons of the dense parent.</summary>
    public int Neurons => Outputs;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterPlan> Parameters => [new("weight", ParameterRole.Weight, Neurons, Inputs), new("bias", ParameterRole.Bias, Neurons)];

    internal override int NeuronCount => Neurons;

    internal override int FanIn => Inputs;

    internal override LayerPlan DenseParent => this with { Expansion = ExpansionPlan.None };
}
