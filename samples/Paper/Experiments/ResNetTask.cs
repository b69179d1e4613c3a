using Fpe.Compute;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Training;
using Samples.Paper.Results;

namespace Samples.Paper.Experiments;

/// <summary>
/// FashionMNIST for a small residual network: convolutions with batch normalisation in three blocks, the mean of each channel, and a fully
/// connected layer. The first convolution of each block is expanded, so that the second reads its children and the sum behind them is one of
/// values as wide as the dense parent's. <c>Peers/pytorch_resnet.py</c> is the same network in PyTorch.
/// </summary>
internal sealed class ResNetTask(FashionImages images) : LearningTask
{
    private const int Kernel = 3;
    private const int Padding = 1;
    private const int Pool = 2;
    private const int Stride = 2;

    /// <inheritdoc/>
    public override Loss Loss => Loss.SoftmaxCrossEntropy;

    /// <inheritdoc/>
    public override LearningRateSchedule Schedule { get; } = new CosineSchedule();

    /// <inheritdoc/>
    public override void Load() => images.Load();

    /// <inheritdoc/>
    public override TaskData DataOf(Setting setting, long seed) => new(images.Train(setting.TrainSamples), images.Test, Clauses: []);

    /// <summary>Inputs of the expanded filters that have fewest.</summary>
    public static int FewestInputs(int width) => width * Kernel * Kernel;

    /// <summary>Weights before any are pruned, for filters with so many children; in floating point, since any width can be asked for.</summary>
    public static double WeightsOf(int width, double factor)
    {
        const double Window = Kernel * Kernel;
        double filters = width, twice = 2.0 * width;
        double narrowBlock = 2 * factor * Window * filters * filters;
        double wideBlock = (factor * Window * ((filters * twice) + (twice * twice))) + (filters * twice);
        return (Window * filters) + (2 * narrowBlock) + wideBlock + (twice * FashionMnist.Classes);
    }

    // 1 × 28 × 28 → width × 14 × 14 → 2 width × 7 × 7 → 2 width → 10
    /// <inheritdoc/>
    public override ModelPlan PlanOf(Setting setting, ExpansionPlan expansion)
    {
        var stem = new Conv2dPlan("Stem", new ImageShape(1, FashionMnist.Side, FashionMnist.Side), setting.Width, Kernel, Padding: Padding);
        var pool = new MaxPool2dPlan("StemPool", stem.Shape.Output, Pool, Pool);
        var layers = new List<LayerPlan> { stem, NormOf(stem), ReluOf(stem), pool };
        ImageShape image = AddBlock(layers, "Block1", pool.Shape.Output, setting.Width, stride: 1, expansion);
        image = AddBlock(layers, "Block2", image, setting.Width, stride: 1, expansion);
        image = AddBlock(layers, "Block3", image, 2 * setting.Width, Stride, expansion);
        layers.Add(new GlobalAvgPool2dPlan("Mean", image));
        layers.Add(new LinearPlan("Output", image.Channels, FashionMnist.Classes));
        return new ModelPlan(setting.Experiment, FashionMnist.Inputs, layers);
    }

    // Where the image shrinks, the shortcut is a convolution too.
    private static ImageShape AddBlock(List<LayerPlan> layers, string name, ImageShape input, int filters, int stride, ExpansionPlan expansion)
    {
        string shortcut = layers[^1].Name;
        var first = new Conv2dPlan($"{name}First", input, filters, Kernel, stride, Padding) { Expansion = expansion };
        var second = new Conv2dPlan($"{name}Second", first.Shape.Output, filters, Kernel, Padding: Padding);
        BatchNormPlan norm = NormOf(second);
        layers.AddRange([first, NormOf(first), ReluOf(first), second, norm]);
        if (stride > 1)
        {
            var narrow = new Conv2dPlan($"{name}Shortcut", input, filters, Kernel: 1, stride) { From = [shortcut] };
            layers.AddRange([narrow, NormOf(narrow)]);
            shortcut = layers[^1].Name;
        }

        layers.Add(new AddPlan($"{name}Sum", second.Outputs) { From = [norm.Name, shortcut] });
        layers.Add(new ActivationPlan($"{name}Relu", second.Outputs, ActivationFunction.Relu));
        return second.Shape.Output;
    }

    private static BatchNormPlan NormOf(Conv2dPlan convolution) => new($"{convolution.Name}Norm", convolution.Filters, convolution.Shape.Output.Pixels);

    private static ActivationPlan ReluOf(Conv2dPlan convolution) => new($"{convolution.Name}Relu", convolution.Outputs, ActivationFunction.Relu);
}
