namespace Fpe.ML.Benchmarks;

/// <summary>The network of the diamonds: 7 numbers, 15 categories.</summary>
[Model(inputs: 22)]
public sealed partial class DiamondsNet
{
    [Linear(64), Relu, Expand(factor: 2, strategy: Split.Random)]
    public partial Linear First { get; }

    [Linear(64), Relu, Expand(factor: 2, strategy: Split.Random)]
    public partial Linear Second { get; }

    [Linear(5)]
    public partial Linear Logits { get; }
}
