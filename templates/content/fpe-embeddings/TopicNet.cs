using Fpe;

/// <summary>64 hidden neurons that learn which edges they keep: after training there are exactly as many weights as the budget says.</summary>
[Model(inputs: INPUT_COUNT), NonZeroBudget(WEIGHT_COUNT)]
public sealed partial class TopicNet
{
    [Linear(64), Relu, Expand(factor: 1, strategy: Split.Learned)]
    public partial Linear Hidden { get; }

    [Linear(CLASS_COUNT)]
    public partial Linear Logits { get; }
}
