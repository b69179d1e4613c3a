namespace Samples.Digits;

/// <summary>Divides the inputs by what the dense parent has learned, so it requires <c>--expand-after</c> of at least 1.</summary>
[Model(inputs: 64)]
public sealed partial class DigitsFeatureNet
{
    [Linear(4), Relu, Expand(factor: 4, strategy: Split.Feature)]
    public partial Linear Hidden { get; }

    [Linear(10)]
    public partial Linear Logits { get; }
}
