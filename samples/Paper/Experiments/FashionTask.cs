using Fpe.Data;
using Fpe.Expansion;
using Fpe.Training;
using Samples.Paper.Results;

namespace Samples.Paper.Experiments;

/// <summary>FashionMNIST for a multilayer perceptron: 784 standardised pixels, ten classes.</summary>
internal sealed class FashionTask(FashionImages images) : LearningTask
{
    /// <inheritdoc/>
    public override Loss Loss => Loss.SoftmaxCrossEntropy;

    /// <inheritdoc/>
    public override void Load() => images.Load();

    /// <inheritdoc/>
    public override TaskData DataOf(Setting setting, long seed) => new(images.Train(setting.TrainSamples), images.Test, Clauses: []);

    /// <inheritdoc/>
    public override ModelPlan PlanOf(Setting setting, ExpansionPlan expansion) =>
        MultilayerPerceptron.Plan(setting, FashionMnist.Inputs, FashionMnist.Classes, expansion);
}
