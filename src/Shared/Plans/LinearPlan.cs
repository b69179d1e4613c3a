using System.Collections.Generic;
using Fpe.Compute;
using Fpe.Counting;
using Fpe.Expansion;
using static System.FormattableString;

namespace Fpe;

/// <summary>A fully connected layer as declared.</summary>
/// <param name="Name">The name of the property that declares the layer.</param>
/// <param name="Inputs">The fan-in of a neuron of the dense parent.</param>
/// <param name="Neurons">The number of neurons of the dense parent.</param>
/// <param name="Activation">The function applied to the weighted sums.</param>
/// <exception cref="PlanException">The name is not a C# identifier, a number is less than 1 or too large, or the activation is not defined.</exception>
public sealed partial record LinearPlan(string Name, int Inputs, int Neurons, ActivationFunction Activation = ActivationFunction.Identity)
    : EdgeLayerPlan(Name, Inputs, PlanException.RequirePositive(Name, "the number of neurons", Neurons), Activation)
{
    /// <summary>Gets the number of neurons of the dense parent.</summary>
    public int Neurons => Outputs;

    /// <summary>
    /// Gets the probability that a weight is left out of a training step; at least 0 and less than 1, 0 by default. This is a control for
    /// experiments that models declared with attributes do not have; see <see cref="Linear"/>.
    /// </summary>
    /// <exception cref="PlanException">The probability is out of range.</exception>
    public double DropConnect
    {
        get;
        init => field = value is >= 0 and < 1
            ? value
            : throw new PlanException(Name, Invariant($"the probability of DropConnect, {value}, must be at least 0 and less than 1."));
    }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterPlan> Parameters => [new("weight", ParameterRole.Weight, Neurons, Inputs), new("bias", ParameterRole.Bias, Neurons)];

    internal override int NeuronCount => Neurons;

    internal override int FanIn => Inputs;

    internal override LayerPlan DenseParent => this with { Expansion = ExpansionPlan.None };
}
