namespace Fpe.ML.Benchmarks;

/// <summary>The network of the digits.</summary>
[Model(inputs: 64)]
public sealed partial class DigitsNet
{
    [Linear(16), Relu, Expand(factor: 4, strategy: Split.Random)]
    public partial Linear Hidden { get; }

    [Linear(10)]
    public partial Linear Logits { get; }
}
