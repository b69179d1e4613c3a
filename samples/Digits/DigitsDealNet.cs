namespace Samples.Digits;

/// <summary>
/// Also deals the outgoing edges to the children, so nothing has to be pruned, and shares partitions among eight neurons, so children form
/// small dense blocks.
/// </summary>
[Model(inputs: 64)]
public sealed partial class DigitsDealNet
{
    [Linear(32), Relu, Expand(factor: 4, strategy: Split.Random, Share = 8, Outgoing = Outgoing.Deal)]
    public partial Linear Hidden { get; }

    [Linear(10)]
    public partial Linear Logits { get; }
}
