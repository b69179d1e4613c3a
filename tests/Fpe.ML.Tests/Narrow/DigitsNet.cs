namespace Fpe.ML.Tests.Narrow;

/// <summary>The network of the digits, as it might be declared later: it reads fewer pixels.</summary>
[Model(inputs: 60)]
internal sealed partial class DigitsNet
{
    [Linear(8), Relu, Expand(factor: 4, strategy: Split.Random)]
    public partial Linear Hidden { get; }

    [Linear(10)]
    public partial Linear Logits { get; }
}
