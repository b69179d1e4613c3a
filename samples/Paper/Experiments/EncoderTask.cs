using Fpe.Compute;
using Fpe.Data.Text;
using Fpe.Expansion;
using Fpe.Training;
using Samples.Paper.Results;

namespace Samples.Paper.Experiments;

/// <summary>
/// Descriptions of packages for a small transformer encoder over their words (Vaswani et al., arXiv 1706.03762), with norms before attention
/// and before the fully connected layers. The first of those two is expanded, so that the second reads its children; attention stays as it is.
/// </summary>
internal sealed class EncoderTask : LearningTask
{
    /// <summary>Units at each place.</summary>
    public const int Units = 64;

    private const int Heads = 4;
    private const int Vocabulary = 4096;
    private const int Places = 16;
    private const double DropoutRate = 0.1;

    private readonly Lazy<TaskData> data = new(() => SectionTexts.Divide(
        new HashingTokenizer(Vocabulary, words: new GramSizes(1, 1), rules: new WordRules(WordDivision.LettersAndDigits)), Places));

    /// <inheritdoc/>
    public override Loss Loss => Loss.SoftmaxCrossEntropy;

    /// <inheritdoc/>
    public override LearningRateSchedule Schedule { get; } = new CosineSchedule();

    /// <inheritdoc/>
    public override void Load() => _ = data.Value;

    /// <inheritdoc/>
    public override TaskData DataOf(Setting setting, long seed) => data.Value;

    /// <summary>Weights before any are pruned, for neurons with so many children, for each block and the outputs.</summary>
    public static double WeightsOf(int width, int blocks, double factor) =>
        (blocks * ((4.0 * Units * Units) + (Units * width) + (Units * width * factor))) + (Units * SectionTexts.Classes);

    /// <inheritdoc/>
    public override ModelPlan PlanOf(Setting setting, ExpansionPlan expansion)
    {
        var layers = new List<LayerPlan> { new EmbeddingPlan("Words", Places, Vocabulary, Units, HasPositions: true), new DropoutPlan("WordsDropout", Units * Places, DropoutRate) };
        for (int block = 1; block <= setting.Depth; block++)
            AddBlock(layers, $"Block{block}", setting.Width, expansion);
        layers.Add(new LayerNormPlan("Norm", Units * Places, Places: Places));
        layers.Add(new MeanPoolPlan("Mean", Units, Places, ReadsTokens: true) { From = ["Norm", LayerPlan.Sample] });
        layers.Add(new LinearPlan("Output", Units, SectionTexts.Classes));
        return new ModelPlan(setting.Experiment, Places, layers);
    }

    private static void AddBlock(List<LayerPlan> layers, string name, int width, ExpansionPlan expansion)
    {
        string read = layers[^1].Name;
        layers.AddRange(
        [
            new LayerNormPlan($"{name}FirstNorm", Units * Places, Places: Places),
            new LinearPlan($"{name}Queries", Units, 3 * Units, Places: Places),
            new SelfAttentionPlan($"{name}Attention", Units, Places, Heads, ReadsTokens: true) { From = [$"{name}Queries", LayerPlan.Sample] },
            new LinearPlan($"{name}Mixed", Units, Units, Places: Places),
            new AddPlan($"{name}First", Units * Places) { From = [read, $"{name}Mixed"] },
            new LayerNormPlan($"{name}SecondNorm", Units * Places, Places: Places),
            new LinearPlan($"{name}Wide", Units, width, ActivationFunction.Gelu, Places) { Expansion = expansion },
            new LinearPlan($"{name}Narrow", width, Units, Places: Places),
            new DropoutPlan($"{name}Dropout", Units * Places, DropoutRate),
            new AddPlan($"{name}Second", Units * Places) { From = [$"{name}First", $"{name}Dropout"] },
        ]);
    }
}
