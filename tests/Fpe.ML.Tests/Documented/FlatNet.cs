namespace Fpe.ML.Tests.Documented;

/// <summary>The network of docs/mlnet.md.</summary>
[Model(inputs: 6)]
public sealed partial class FlatNet
{
    [Linear(8), Relu, Expand(factor: 2)]
    public partial Linear Hidden { get; }

    [Linear(3)]
    public partial Linear Logits { get; }
}
