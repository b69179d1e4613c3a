namespace Samples.Digits;

/// <summary>Four hidden neurons, each of which is replaced by four children that partition its 64 inputs.</summary>
[Model(inputs: 64)]
public sealed partial class DigitsNet
{
    [Linear(4), Relu, Expand(factor: 4, strategy: Split.Random)]
    public partial Linear Hidden { get; }

    [Linear(10)]
    public partial Linear Logits { get; }
}
