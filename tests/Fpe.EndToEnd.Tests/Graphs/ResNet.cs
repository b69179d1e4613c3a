namespace Fpe.EndToEnd.Tests.Graphs;

/// <summary>A residual block of expanded convolutions.</summary>
[Model(channels: 1, height: 8, width: 8)]
public sealed partial class ResNet
{
    [Conv2d(filters: 6, kernel: 3, Padding = 1), Relu, Expand(factor: 3)]
    public partial Conv2d Stem { get; }

    [Conv2d(filters: 6, kernel: 3, Padding = 1), Expand(factor: 3)]
    public partial Conv2d Branch { get; }

    [BatchNorm]
    public partial BatchNorm Norm { get; }

    [Add(nameof(Stem), nameof(Norm))]
    public partial Add Sum { get; }

    [Relu]
    public partial Activation Act { get; }

    [GlobalAvgPool2d]
    public partial GlobalAvgPool2d Means { get; }

    [Linear(10)]
    public partial Linear Logits { get; }
}
