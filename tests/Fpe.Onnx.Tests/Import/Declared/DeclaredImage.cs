using Fpe;

/// <summary>The network of image.onnx, written by Fpe 0.1.0.</summary>
[Model(channels: 2, height: 9, width: 8)]
public sealed partial class DeclaredImage
{
    [Conv2d(filters: 4, kernel: 3, Stride = 2, Padding = 1), Relu]
    public partial Conv2d Filters { get; }

    [MaxPool2d(2)]
    public partial MaxPool2d Pool1 { get; }

    [Flatten]
    public partial Flatten Flat1 { get; }

    [Linear(12), Gelu]
    public partial Linear Hidden { get; }

    [Linear(3)]
    public partial Linear Logits { get; }
}
