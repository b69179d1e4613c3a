using Fpe.Compute;
using Fpe.Data.Text;
using Fpe.Expansion;
using Fpe.Training;
using Samples.Paper.Results;

namespace Samples.Paper.Experiments;

/// <summary>
/// Descriptions of packages as bags of character n-grams: the sum of their learned vectors, normalised, one hidden layer, and the sections. The vectors
/// are in all networks that are compared, also those without a hidden layer.
/// </summary>
internal sealed class GramsTask : LearningTask
{
    /// <summary>Values of a vector.</summary>
    public const int Dimension = 64;

    /// <summary>Different tokens, which n-grams share.</summary>
    public const int Vocabulary = 1 << 14;

    private const int Places = 256;

    private readonly Lazy<TaskData> data = new(() => SectionTexts.Divide(new HashingTokenizer(Vocabulary, characters: new GramSizes(3, 5)), Places));

    /// <inheritdoc/>
    public override Loss Loss => Loss.SoftmaxCrossEntropy;

    /// <inheritdoc/>
    public override void Load() => _ = data.Value;

    /// <inheritdoc/>
    public override TaskData DataOf(Setting setting, long seed) => data.Value;

    /// <inheritdoc/>
    public override ModelPlan PlanOf(Setting setting, ExpansionPlan expansion) => new(
        setting.Experiment, Places,
        [
            new EmbeddingBagPlan("Grams", Places, Vocabulary, Dimension, BagMode.Sum),
            new LayerNormPlan("Norm", Dimension),
            new LinearPlan("Hidden", Dimension, setting.Width, ActivationFunction.Relu) { Expansion = expansion },
            new LinearPlan("Output", setting.Width, SectionTexts.Classes),
        ]);
}
