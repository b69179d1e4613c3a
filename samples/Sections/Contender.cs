using Fpe.Extensions.AI;
using Microsoft.Extensions.AI;

namespace Samples.Sections;

/// <summary>A kind of network in the comparison.</summary>
/// <param name="Name">The name in the table.</param>
/// <param name="Weights">The number of non-zero weights that the compiler proved.</param>
/// <param name="TestAsync">Trains it, and returns its accuracy on the test texts.</param>
internal sealed record Contender(
    string Name, long Weights, Func<IEmbeddingGenerator<string, Embedding<float>>, SectionTexts, SectionTexts, TextClassifierOptions, Task<double>> TestAsync)
{
    /// <summary>All kinds, in the order of the table.</summary>
    public static IReadOnlyList<Contender> All { get; } =
    [
        Of<Split4Net>("dense parent", isDense: true), Of<Split4Net>("split, α = 4"), Of<Learned4Net>("learned edges, 64 children"), Of<Pruned4Net>("linear, pruned"),
        Of<Split8Net>("dense parent", isDense: true), Of<Split8Net>("split, α = 4"), Of<Learned8Net>("learned edges, 64 children"), Of<Pruned8Net>("linear, pruned"),
        Of<LinearNet>("linear"),
    ];

    private static Contender Of<TModel>(string name, bool isDense = false)
        where TModel : Model, IModel<TModel> => new(name, isDense ? TModel.Plan.DenseWeights : TModel.Plan.ExpandedWeights, async (generator, train, test, options) =>
    {
        if (isDense)
            options = options with { Training = options.Training with { ExpandAfter = null } };
        using TextClassifier<TModel> classifier = await TextClassifier.TrainAsync<TModel>(generator, train.Texts, train.Labels, options);
        return (await classifier.EvaluateAsync(test.Texts, test.Labels)).Accuracy;
    });
}
