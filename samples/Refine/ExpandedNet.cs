namespace Samples.Refine;

/// <summary>Each hidden neuron is replaced by four children that partition its inputs, at the parent's 2,368 weights.</summary>
[Model(inputs: 64)]
public sealed partial class ExpandedNet
{
    [Linear(32), Relu, Expand(factor: 4, strategy: Split.Random, Share = 1)]
    public partial Linear Hidden { get; }

    [Linear(10)]
    public partial Linear Logits { get; }
}
