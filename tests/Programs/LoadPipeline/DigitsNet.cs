using Fpe;

namespace LoadPipeline;

/// <summary>The network of the digits, which the tests train and this program loads.</summary>
[Model(inputs: 64)]
public sealed partial class DigitsNet
{
    [Linear(8), Relu, Expand(factor: 4, strategy: Split.Random)]
    public partial Linear Hidden { get; }

    [Linear(10)]
    public partial Linear Logits { get; }
}
