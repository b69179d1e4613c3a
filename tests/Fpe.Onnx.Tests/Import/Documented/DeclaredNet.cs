namespace Fpe.Onnx.Tests.Import.Documented;

/// <summary>The network that docs/import.md declares for an ONNX file.</summary>
[Model(inputs: 64)]
public sealed partial class DeclaredNet
{
    [Linear(32), Relu]
    public partial Linear Linear0 { get; }

    [Linear(10)]
    public partial Linear Linear2 { get; }
}
