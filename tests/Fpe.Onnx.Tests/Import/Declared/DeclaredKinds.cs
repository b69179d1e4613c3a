using Fpe;

/// <summary>The network of kinds.onnx, written by test.</summary>
[Model(channels: 4, height: 8, width: 8)]
public sealed partial class DeclaredKinds
{
    [Conv2d(filters: 4, kernelHeight: 3, kernelWidth: 5, StrideHeight = 1, StrideWidth = 2, PaddingHeight = 1, PaddingWidth = 2, Groups = 2)]
    public partial Conv2d Conv1 { get; }

    [BatchNorm(Epsilon = 0.001)]
    public partial BatchNorm Norm1 { get; }

    [LeakyRelu(0.2)]
    public partial Activation Activation1 { get; }

    [DepthwiseConv2d(kernel: 3, Padding = 2, Dilation = 2, Multiplier = 2), Tanh]
    public partial DepthwiseConv2d LayersDeep { get; }

    [AvgPool2d(2, Stride = 1)]
    public partial AvgPool2d Pool1 { get; }

    [GlobalAvgPool2d]
    public partial GlobalAvgPool2d Means1 { get; }

    [Linear(3), Silu]
    public partial Linear Linear0 { get; }
}
