using Fpe.Compute;
using Fpe.Counting;
using Fpe.Expansion;

namespace Fpe;

/// <summary>A layer of neurons whose incoming edges expansion may partition, as it was declared.</summary>
/// <param name="Name">Name of the property that declares the layer.</param>
/// <param name="Inputs">Values per sample that enter the layer in the dense parent.</param>
/// <param name="Outputs">Values per sample that leave the layer in the dense parent.</param>
/// <param name="Activation">The function applied to the weighted sums.</param>
/// <exception cref="PlanException">The name is no C# identifier, a number is out of range, or the activation is none.</exception>
public abstract partial record EdgeLayerPlan(string Name, int Inputs, int Outputs, ActivationFunction Activation) : LayerPlan(Name, Inputs, Outputs)
{
    /// <summary>The function applied to the weighted sums.</summary>
    public ActivationFunction Activation { get; init => field = PlanException.RequireDefined(Name, value); } = PlanException.RequireDefined(Name, Activation);

    /// <summary>How the neurons are expanded; <see cref="ExpansionPlan.None"/> by default.</summary>
    public ExpansionPlan Expansion { get; init; } = ExpansionPlan.None;

    /// <summary>Neurons of the dense parent: those of a fully connected layer, the filters of a convolution.</summary>
    internal abstract int NeuronCount { get; }

    /// <summary>Inputs of a neuron of the dense parent.</summary>
    internal abstract int FanIn { get; }

    /// <inheritdoc/>
    protected internal override OutputUnits OutputUnits => OutputUnits.Own;

    internal override LayerSize? Size => SizeOfEdges;

    /// <summary>What the counting rules need to know of the layer if expansion or pruning changes its edges.</summary>
    internal LayerSize SizeOfEdges => Expansion.SizeOf(FanIn, NeuronCount);
}
