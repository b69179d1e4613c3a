namespace Samples.Refine;

/// <summary>The network as PyTorch trained it: 2,368 weights.</summary>
[Model(inputs: 64)]
public sealed partial class ParentNet
{
    [Linear(32), Relu]
    public partial Linear Hidden { get; }

    [Linear(10)]
    public partial Linear Logits { get; }
}
