namespace Fpe.Onnx.Tests.Import.Documented;

/// <summary>The network that docs/import.md imports from PyTorch.</summary>
[Model(channels: 1, height: 8, width: 8)]
public sealed partial class ImageNet
{
    [Conv2d(filters: 8, kernel: 3, Padding = 1)]
    public partial Conv2d Edges { get; }

    [BatchNorm]
    public partial BatchNorm Norm { get; }

    [Relu]
    public partial Activation Bent { get; }

    [Flatten]
    public partial Flatten Features { get; }

    [Linear(32), Relu]
    public partial Linear Hidden { get; }

    [Linear(32), Relu]
    public partial Linear Second { get; }

    [Linear(10)]
    public partial Linear Logits { get; }
}
