namespace Fpe.ML.Benchmarks;

/// <summary>The network of texts: a layer over hashed words whose edges are learned.</summary>
[Model(inputs: 2048), NonZeroBudget(27_648)]
public sealed partial class SectionsNet
{
    [Linear(64), Relu, Expand(factor: 1, strategy: Split.Learned)]
    public partial Linear Hidden { get; }

    [Linear(54)]
    public partial Linear Logits { get; }
}
