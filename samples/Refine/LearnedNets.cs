namespace Samples.Refine;

/// <summary>Four children for each hidden neuron, which learn which edges they keep: a quarter of the parent's weights.</summary>
[Model(inputs: 64), NonZeroBudget(592)]
public sealed partial class LearnedNet592
{
    [Linear(32), Relu, Expand(factor: 4, strategy: Split.Learned)]
    public partial Linear Hidden { get; }

    [Linear(10)]
    public partial Linear Logits { get; }
}

/// <summary>Four children for each hidden neuron, which learn which edges they keep: an eighth of the parent's weights.</summary>
[Model(inputs: 64), NonZeroBudget(296)]
public sealed partial class LearnedNet296
{
    [Linear(32), Relu, Expand(factor: 4, strategy: Split.Learned)]
    public partial Linear Hidden { get; }

    [Linear(10)]
    public partial Linear Logits { get; }
}
