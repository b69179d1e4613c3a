using System.Collections.Generic;
using Fpe.Compute;
using Fpe.Counting;
using Fpe.Expansion;

namespace Fpe;

/// <summary>A fully connected layer as declared.</summary>
/// <param name="Name">The name of the property that declares the layer.</param>
/// <param name="Inputs">The fan-in of a neuron of the dense parent.</param>
/// <param name="Neurons">The number of neurons of the dense parent.</param>
/// <param name="Activation">The function applied to the weighted sums.</param>
/// <exception cref="PlanException">The name is not a C# identifier, a number is less than 1 or too large, or the activation is not defined.</exception>
public partial record LinearPlan(string Name, int Inputs, int Neurons, ElementFunction Activation = default)
    : EdgeLayerPlan(Name, Inputs, PlanException.RequirePositive(Name, "the number of neurons", Neurons), Activation)
{
    /// <summary>Gets the number of neurons of the dense parent.</summary>
    public int Neurons => Outputs;

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterPlan> Parameters => [new("weight", ParameterRole.Weight, Neurons, Inputs), new("bias", ParameterRole.Bias, Neurons)];

    internal override int NeuronCount => Neurons;

    internal override int FanIn => Inputs;

    internal override LayerPlan DenseParent => this with { Expansion = ExpansionPlan.None };
}
