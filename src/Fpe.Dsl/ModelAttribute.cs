using System;

namespace Fpe;

/// <summary>Declares a partial class as a model: its layers are its partial properties, in source order.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ModelAttribute : Attribute
{
    /// <summary>Declares a model over vectors.</summary>
    /// <param name="inputs">Features of one sample; at least 1.</param>
    public ModelAttribute(int inputs) => Inputs = inputs;

    /// <summary>Features of one sample.</summary>
    public int Inputs { get; }

    /// <summary>
    /// Counts biases as well as weights: the extra biases of the children are paid for by pruning weights, so that
    /// weights + biases equal the dense parent's. By default only weights are counted, as in the paper.
    /// </summary>
    public bool CountBiases { get; set; }
}
