using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe.Benchmarks.Accuracy;

/// <summary>A small network of images: expanded, depthwise and pointwise convolutions, norms, a residual sum and pooling.</summary>
internal static class ConvolutionNetwork
{
    private const int Channels = 16;
    private const int Small = 4;

    /// <summary>The digits.</summary>
    public static ImageShape Image { get; } = new(1, 8, 8);

    /// <summary>Creates the dense parent.</summary>
    public static PlannedModel Create(int seed)
    {
        var pooled = new ImageShape(Channels, Small, Small);
        LayerPlan[] layers =
        [
            new Conv2dPlan("Edges", Image, Channels, Kernel: 3, Padding: 1),
            new BatchNormPlan("EdgesNorm", Channels, Places: Image.Pixels),
            new ActivationPlan("EdgesAct", Channels * Image.Pixels, ActivationFunction.Relu),
            new MaxPool2dPlan("Pool", new ImageShape(Channels, Image.Height, Image.Width), Kernel: 2, Stride: 2),
            new DepthwiseConv2dPlan("Depth", pooled, Multiplier: 1, Window2d.Square(3, padding: 1)),
            new Conv2dPlan("Mixed", pooled, Channels, Kernel: 1),
            new BatchNormPlan("MixedNorm", Channels, Places: pooled.Pixels),
            new AddPlan("Sum", pooled.Count) { From = ["Pool", "MixedNorm"] },
            new ActivationPlan("SumAct", pooled.Count, ActivationFunction.HardSwish),
            new Conv2dPlan("Shapes", pooled, Channels, Kernel: 3, Activation: ActivationFunction.Relu) { Expansion = new ExpansionPlan(4, Share: 4) },
            new FlattenPlan("Features", new ImageShape(Channels, 2, 2)),
            new LinearPlan("Logits", Channels * 4, 10),
        ];
        return new PlannedModel(new ModelPlan("Digits", Image.Count, layers), seed);
    }
}
