using System.Collections.Generic;
using Fpe.Compute;
using Fpe.Counting;
using Fpe.Expansion;

namespace Fpe;

/// <summary>A fully connected layer as declared. Over a sequence, it computes the same function of the units of each place.</summary>
/// <param name="Name">The name of the property that declares the layer.</param>
/// <param name="Inputs">The fan-in of a neuron of the dense parent.</param>
/// <param name="Neurons">The number of neurons of the dense parent.</param>
/// <param name="Activation">The function applied to the weighted sums.</param>
/// <param name="Places">The number of places of the sequence that the layer reads; 1 for a vector.</param>
/// <exception cref="PlanException">The name is not a C# identifier, a number is less than 1 or too large, or the activation is not defined.</exception>
public partial record LinearPlan(string Name, int Inputs, int Neurons, ElementFunction Activation = default, int Places = 1)
    : EdgeLayerPlan(
        Name, SequenceWidth.Of(Name, "the number of inputs", Inputs, Places), SequenceWidth.Of(Name, "the number of neurons", Neurons, Places), Activation)
{
    /// <summary>Gets the number of neurons of the dense parent.</summary>
    public int Neurons => Outputs / Places;

    /// <summary>Gets the number of places of the sequence that the layer reads; 1 for a vector.</summary>
    public int Places { get; } = Places;

    /// <inheritdoc/>
    public override ImageShape? InputImage => Places == 1 ? null : new ImageShape(FanIn, 1, Places);

    /// <inheritdoc/>
    protected internal override IReadOnlyList<ParameterPlan> Parameters => [new("weight", ParameterRole.Weight, Neurons, FanIn), new("bias", ParameterRole.Bias, Neurons)];

    /// <inheritdoc/>
    protected internal override int OutputPlaces => Places;

    internal override int NeuronCount => Neurons;

    internal override int FanIn => Inputs / Places;

    internal override LayerPlan DenseParent => this with { Expansion = ExpansionPlan.None };

    /// <summary>Files of version 1 say of every layer with which probability training drops a weight: Fpe.Research has layers that do.</summary>
    protected internal override void Describe(IPlanFields fields)
    {
        fields.Add("kind", "Linear");
        fields.Add(Activation);
        fields.Add("dropConnect", 0.0);
        if (Places > 1)
            fields.Add("places", Places);
        fields.Add(Expansion);
    }
}
