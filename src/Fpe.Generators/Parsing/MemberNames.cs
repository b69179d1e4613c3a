using System.Collections.Generic;

namespace Fpe.Generators.Parsing;

/// <summary>Names of the members that are emitted into every model.</summary>
internal static class MemberNames
{
    public const string InputCount = nameof(InputCount);
    public const string OutputCount = nameof(OutputCount);
    public const string DenseWeights = nameof(DenseWeights);
    public const string WeightsBeforePruning = nameof(WeightsBeforePruning);
    public const string ExpandedWeights = nameof(ExpandedWeights);
    public const string PrunedWeights = nameof(PrunedWeights);
    public const string DenseBiases = nameof(DenseBiases);
    public const string ExpandedBiases = nameof(ExpandedBiases);
    public const string NonZeroCount = nameof(NonZeroCount);
    public const string Forward = nameof(Forward);
    public const string Predict = nameof(Predict);

    /// <summary>The constants of the whole model.</summary>
    public static readonly IReadOnlyList<string> Constants =
    [
        InputCount, OutputCount, DenseWeights, WeightsBeforePruning, ExpandedWeights, PrunedWeights,
        DenseBiases, ExpandedBiases, NonZeroCount,
    ];

    /// <summary>The inherited methods that emitted code calls.</summary>
    public static readonly IReadOnlyList<string> Inherited = ["LayerAt", "ForwardBatch", "PredictClass"];

    /// <summary>The constants of one layer with weights.</summary>
    public static IEnumerable<string> ConstantsOf(string layer) => [layer + DenseWeights, layer + WeightsBeforePruning];
}
