namespace Samples.DigitsService;

/// <summary>The network that is served: 16 hidden neurons with four children each.</summary>
[Model(inputs: 64)]
public sealed partial class DigitNet
{
    [Linear(16), Relu, Expand(factor: 4, strategy: Split.Random)]
    public partial Linear Hidden { get; }

    [Linear(10)]
    public partial Linear Logits { get; }
}
