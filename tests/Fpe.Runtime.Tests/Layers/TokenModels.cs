using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe.Runtime.Tests.Layers;

/// <summary>Plans that read tokens: every kind for tokens and sequences.</summary>
public static class TokenModels
{
    private static readonly Dictionary<string, ModelPlan> ByName = new()
    {
        ["bag of means"] = Bag(BagMode.Mean, new ExpansionPlan(2, Share: 2)),
        ["bag of sums, dealt"] = Bag(BagMode.Sum, new ExpansionPlan(2, Outgoing: Outgoing.Deal)),
        ["encoder"] = Encoder(ExpansionPlan.None, ExpansionPlan.None),
        ["encoder, expanded"] = Encoder(new ExpansionPlan(2), ExpansionPlan.None),
        ["encoder, expanded and dealt"] = Encoder(new ExpansionPlan(2, Share: 2, Outgoing: Outgoing.Deal), new ExpansionPlan(2)),
        ["convolutions over words"] = Convolutions(ExpansionPlan.None),
        ["convolutions over words, expanded"] = Convolutions(new ExpansionPlan(2, Share: 2)),
        ["numbers and categories"] = NumbersAndCategories(),
    };

    public static TheoryData<string> Names => [.. ByName.Keys];

    public static bool Has(string name) => ByName.ContainsKey(name);

    public static ModelPlan Plan(string name) => ByName[name];

    /// <summary>Turns numbers from −1 to 1 into samples of a model: where it reads tokens, into tokens and places without one.</summary>
    public static float[] SamplesOf(ModelPlan plan, IEnumerable<float> values)
    {
        float[] samples = [.. values];
        for (int i = 0; i < samples.Length; i++)
        {
            int vocabulary = VocabularyAt(plan, i % plan.InputCount);
            if (vocabulary > 0)
                samples[i] = Math.Clamp(MathF.Floor((samples[i] + 1) / 2 * (vocabulary + 1)) - 1, -1, vocabulary - 1);
        }

        return samples;
    }

    /// <summary>The number of different tokens that a value of a sample can be; 0 if it is a number.</summary>
    private static int VocabularyAt(ModelPlan plan, int value) => plan.Layers[0] switch
    {
        EmbeddingPlan embedding => embedding.Vocabulary,
        EmbeddingBagPlan bag => bag.Vocabulary,
        InputPlan => plan.Layers.OfType<InputPlan>().Single(input => value >= input.First && value < input.First + input.Count).Vocabulary,
        _ => 0,
    };

    private static ModelPlan Bag(BagMode mode, ExpansionPlan expansion) => Plans.Chain(
        5, countBiases: false,
        new EmbeddingBagPlan("Words", Places: 5, Vocabulary: 7, Dimension: 6, mode),
        new LinearPlan("Hidden", 6, 4, ActivationFunction.Tanh) { Expansion = expansion },
        new LinearPlan("Logits", 4, 3));

    private static ModelPlan Encoder(ExpansionPlan wide, ExpansionPlan mixed) => Plans.Chain(
        4, countBiases: false,
        new EmbeddingPlan("Words", Places: 4, Vocabulary: 7, Dimension: 6, HasPositions: true),
        new LayerNormPlan("FirstNorm", 24, Places: 4),
        new LinearPlan("Queries", 6, 18, Places: 4),
        new SelfAttentionPlan("Attention", Units: 6, Places: 4, Heads: 2, ReadsTokens: true) { From = ["Queries", ModelPlan.Sample] },
        new LinearPlan("Mixed", 6, 6, Places: 4),
        new AddPlan("First", 24) { From = ["Words", "Mixed"] },
        new LayerNormPlan("SecondNorm", 24, Places: 4),
        new LinearPlan("Wide", 6, 8, ActivationFunction.Gelu, Places: 4) { Expansion = wide },
        new LinearPlan("Narrow", 8, 6, Places: 4),
        new AddPlan("Second", 24) { From = ["First", "Narrow"] },
        new LinearPlan("Last", 6, 6, ActivationFunction.Tanh, Places: 4) { Expansion = mixed },
        new MeanPoolPlan("Mean", Units: 6, Places: 4, ReadsTokens: true) { From = ["Last", ModelPlan.Sample] },
        new LinearPlan("Logits", 6, 3));

    /// <summary>One convolution keeps the places, and so leaves out those without a token; of the other, every place counts.</summary>
    private static ModelPlan Convolutions(ExpansionPlan expansion) => Plans.Chain(
        4, countBiases: false,
        new EmbeddingPlan("Words", Places: 4, Vocabulary: 7, Dimension: 4, HasPositions: true),
        new Conv1dPlan("Near", Units: 4, Places: 4, Filters: 4, Kernel: 3, Padding: 1, Activation: ActivationFunction.Tanh) { Expansion = expansion },
        new MeanPoolPlan("Kept", Units: 4, Places: 4, ReadsTokens: true) { From = ["Near", ModelPlan.Sample] },
        new Conv1dPlan("Wide", Units: 4, Places: 4, Filters: 4, Kernel: 2, Stride: 2, Activation: ActivationFunction.Gelu) { From = ["Near"] },
        new MeanPoolPlan("All", Units: 4, Places: 2),
        new ConcatPlan("Both", [4, 4]) { From = ["Kept", "All"] },
        new LinearPlan("Logits", 8, 3));

    private static ModelPlan NumbersAndCategories() => Plans.Chain(
        9, countBiases: false,
        new InputPlan("Numbers", SampleWidth: 9, First: 0, Count: 3) { From = [ModelPlan.Sample] },
        new InputPlan("Categories", SampleWidth: 9, First: 3, Count: 4, Vocabulary: 5) { From = [ModelPlan.Sample] },
        new InputPlan("Words", SampleWidth: 9, First: 7, Count: 2, Vocabulary: 6) { From = [ModelPlan.Sample] },
        new EmbeddingPlan("Vectors", Places: 4, Vocabulary: 5, Dimension: 2) { From = ["Categories"] },
        new FlattenPlan("Flat", new ImageShape(2, 1, 4)),
        new EmbeddingBagPlan("Bag", Places: 2, Vocabulary: 6, Dimension: 3) { From = ["Words"] },
        new ConcatPlan("All", [3, 8, 3]) { From = ["Numbers", "Flat", "Bag"] },
        new LinearPlan("Hidden", 14, 6, ActivationFunction.Relu) { Expansion = new ExpansionPlan(2) },
        new LinearPlan("Logits", 6, 3));
}
