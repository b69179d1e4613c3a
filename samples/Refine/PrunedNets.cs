namespace Samples.Refine;

/// <summary>The parent itself, from which a quarter of the weights is kept.</summary>
[Model(inputs: 64), NonZeroBudget(592)]
public sealed partial class PrunedNet592
{
    [Linear(32), Relu, Expand(factor: 1, strategy: Split.Learned)]
    public partial Linear Hidden { get; }

    [Linear(10)]
    public partial Linear Logits { get; }
}

/// <summary>The parent itself, from which an eighth of the weights is kept.</summary>
[Model(inputs: 64), NonZeroBudget(296)]
public sealed partial class PrunedNet296
{
    [Linear(32), Relu, Expand(factor: 1, strategy: Split.Learned)]
    public partial Linear Hidden { get; }

    [Linear(10)]
    public partial Linear Logits { get; }
}
