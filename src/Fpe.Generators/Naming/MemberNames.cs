using System.Collections.Generic;
using System.Linq;

namespace Fpe.Generators.Naming;

/// <summary>The names of the members that are emitted into every model.</summary>
internal static class MemberNames
{
    public const string InputCount = nameof(InputCount);
    public const string InputChannels = nameof(InputChannels);
    public const string InputHeight = nameof(InputHeight);
    public const string InputWidth = nameof(InputWidth);
    public const string OutputCount = nameof(OutputCount);
    public const string DenseWeights = nameof(DenseWeights);
    public const string WeightsBeforePruning = nameof(WeightsBeforePruning);
    public const string ExpandedWeights = nameof(ExpandedWeights);
    public const string PrunedWeights = nameof(PrunedWeights);
    public const string DenseBiases = nameof(DenseBiases);
    public const string ExpandedBiases = nameof(ExpandedBiases);
    public const string NonZeroCount = nameof(NonZeroCount);
    public const string TableWeights = nameof(TableWeights);
    public const string Int8Bytes = nameof(Int8Bytes);
    public const string FloatBytes = nameof(FloatBytes);
    public const string ScratchBytes = nameof(ScratchBytes);
    public const string Forward = nameof(Forward);
    public const string Predict = nameof(Predict);

    public const string LoadEmbedded = nameof(LoadEmbedded);
    public const string LoadEmbeddedPredictor = nameof(LoadEmbeddedPredictor);

    /// <summary>The methods of a class with a trained model in the assembly.</summary>
    public static readonly IReadOnlyList<string> Loaders = [LoadEmbedded, LoadEmbeddedPredictor];

    /// <summary>The inherited methods that emitted code calls.</summary>
    public static readonly IReadOnlyList<string> Inherited = ["LayerAt", "ForwardBatch", "PredictClass"];

    private static readonly string[] Shapes = [InputCount, OutputCount];

    private static readonly string[] ImageShapes = [InputChannels, InputHeight, InputWidth];

    private static readonly string[] Counts =
    [
        DenseWeights, WeightsBeforePruning, ExpandedWeights, PrunedWeights,
        DenseBiases, ExpandedBiases, NonZeroCount, Int8Bytes, FloatBytes, ScratchBytes,
    ];

    /// <summary>The constants of the whole model.</summary>
    public static IEnumerable<string> ConstantsOf(bool hasImages, bool hasTables) =>
        [.. Shapes, .. hasImages ? ImageShapes : [], .. Counts, .. hasTables ? new[] { TableWeights } : []];

    /// <summary>The constants of a block.</summary>
    public static IEnumerable<string> ConstantsOfBlock(bool hasImages) => [.. Shapes, .. hasImages ? ImageShapes : [], DenseWeights, DenseBiases];

    /// <summary>The constants of the whole model, and of its layers and uses of blocks.</summary>
    /// <param name="hasImages">Whether a sample is an image.</param>
    /// <param name="hasTables">Whether there is a table of tokens.</param>
    /// <param name="weighted">The layers and uses of blocks with weights.</param>
    public static IEnumerable<string> ConstantsOf(bool hasImages, bool hasTables, IEnumerable<string> weighted) =>
        [.. ConstantsOf(hasImages, hasTables), .. weighted.SelectMany(ConstantsOf)];

    /// <summary>Whether a constant is a size, and not a count of parameters.</summary>
    public static bool IsShape(string constant) => Shapes.Contains(constant) || ImageShapes.Contains(constant);

    /// <summary>The constants of one layer with weights, or of the uses of a block by one property.</summary>
    public static IEnumerable<string> ConstantsOf(string layer) => [layer + DenseWeights, layer + WeightsBeforePruning];
}
