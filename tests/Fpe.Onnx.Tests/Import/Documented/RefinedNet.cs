namespace Fpe.Onnx.Tests.Import.Documented;

/// <summary>The network that docs/import.md refines.</summary>
[Model(inputs: 64), NonZeroBudget(592)]
public sealed partial class RefinedNet
{
    [Linear(32), Relu, Expand(factor: 4, strategy: Split.Learned)]
    public partial Linear Hidden { get; }

    [Linear(10)]
    public partial Linear Logits { get; }
}
