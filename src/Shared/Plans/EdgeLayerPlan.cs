using Fpe.Compute;
using Fpe.Counting;
using Fpe.Expansion;

namespace Fpe;

/// <summary>A layer of neurons whose incoming edges expansion can partition, as declared.</summary>
/// <param name="Name">The name of the property that declares the layer.</param>
/// <param name="Inputs">The number of inputs per sample in the dense parent.</param>
/// <param name="Outputs">The number of outputs per sample in the dense parent.</param>
/// <param name="Activation">The function applied to the weighted sums.</param>
/// <exception cref="PlanException">The name is not a C# identifier, a number is out of range, or the activation is not defined.</exception>
public abstract partial record EdgeLayerPlan(string Name, int Inputs, int Outputs, ElementFunction Activation) : LayerPlan(Name, Inputs, Outputs)
{
    /// <summary>Gets the function applied to the weighted sums.</summary>
    public ElementFunction Activation { get; init => field = ElementFunction.Require(Name, value); } = ElementFunction.Require(Name, Activation);

    /// <summary>Gets how the neurons are expanded; <see cref="ExpansionPlan.None"/> by default.</summary>
    public ExpansionPlan Expansion { get; init; } = ExpansionPlan.None;

    /// <summary>The number of neurons of the dense parent: those of a fully connected layer, or the filters of a convolution.</summary>
    internal abstract int NeuronCount { get; }

    /// <summary>The number of inputs of a neuron of the dense parent.</summary>
    internal abstract int FanIn { get; }

    /// <summary>The number of groups into which neurons and inputs are divided; a neuron reads only the inputs of its group.</summary>
    internal virtual int InputGroups => 1;

    /// <summary>The number of neurons of a group; partitions are shared only within it.</summary>
    internal int GroupNeurons => NeuronCount / InputGroups;

    /// <inheritdoc/>
    protected internal override OutputUnits OutputUnits => OutputUnits.Own;

    internal override LayerSize? Size => SizeOfEdges;

    /// <summary>The layer's size for the counting rules if expansion or pruning changes its edges.</summary>
    internal LayerSize SizeOfEdges => Expansion.SizeOf(FanIn, NeuronCount) with { InputGroups = InputGroups };

    /// <summary>Whether a neuron shares its partition with the one before it.</summary>
    internal bool SharesWithPrevious(int neuron) => Expansion.Factor > 1 && neuron % GroupNeurons % Expansion.Share != 0;
}
