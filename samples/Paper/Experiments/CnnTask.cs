using Fpe.Compute;
using Fpe.Data;
using Fpe.Expansion;
using Fpe.Training;
using Samples.Paper.Results;

namespace Samples.Paper.Experiments;

/// <summary>FashionMNIST for a small convolutional backbone, which is also trained, with an expanded layer on top of it.</summary>
internal sealed class CnnTask(FashionImages images) : LearningTask
{
    private const int FirstFilters = 8;
    private const int SecondFilters = 16;
    private const int Kernel = 3;
    private const int Padding = 1;
    private const int Pool = 2;

    private static readonly LayerPlan[] Backbone = CreateBackbone();

    /// <summary>Number of features that the backbone outputs.</summary>
    public static int Features => Backbone[^1].Outputs;

    /// <inheritdoc/>
    public override Loss Loss => Loss.SoftmaxCrossEntropy;

    /// <inheritdoc/>
    public override void Load() => images.Load();

    /// <inheritdoc/>
    public override TaskData DataOf(Setting setting, long seed) => new(images.Train(setting.TrainSamples), images.Test, Clauses: []);

    /// <inheritdoc/>
    public override ModelPlan PlanOf(Setting setting, ExpansionPlan expansion) => new(setting.Experiment, FashionMnist.Inputs,
    [
        .. Backbone,
        new LinearPlan("Hidden", Features, setting.Width, ActivationFunction.Relu) { Expansion = expansion },
        new LinearPlan("Output", setting.Width, FashionMnist.Classes),
    ]);

    // 1 × 28 × 28 → 8 × 14 × 14 → 16 × 7 × 7 → 784
    private static LayerPlan[] CreateBackbone()
    {
        var first = new Conv2dPlan("Convolution1", new ImageShape(1, FashionMnist.Side, FashionMnist.Side), FirstFilters, Kernel, Padding: Padding, Activation: ActivationFunction.Relu);
        var firstPool = new MaxPool2dPlan("Pool1", first.Shape.Output, Pool, Pool);
        var second = new Conv2dPlan("Convolution2", firstPool.Shape.Output, SecondFilters, Kernel, Padding: Padding, Activation: ActivationFunction.Relu);
        var secondPool = new MaxPool2dPlan("Pool2", second.Shape.Output, Pool, Pool);
        return [first, firstPool, second, secondPool, new FlattenPlan("Flatten", secondPool.Shape.Output)];
    }
}
