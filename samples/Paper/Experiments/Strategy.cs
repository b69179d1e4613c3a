using Samples.Paper.Results;

namespace Samples.Paper.Experiments;

/// <summary>A way to make something of the dense parent, as it is named on the command line.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is, in a line.</param>
/// <param name="Of">The variant with a factor and a time of the split; those that have neither take no notice.</param>
internal sealed record Strategy(string Name, string Description, Func<int, int, Variant> Of)
{
    /// <summary>Neurons that share a partition in the strategies that have shared ones.</summary>
    public const int SharedNeurons = 16;

    /// <summary>Inputs dealt at random.</summary>
    public static Strategy Random { get; } = new("random", "inputs dealt at random", (factor, after) => Split(Method.Random, factor, after));

    /// <summary>Clauses dealt whole.</summary>
    public static Strategy Clause { get; } = new("clause", "clauses dealt whole", (factor, after) => Split(Method.Clause, factor, after));

    /// <summary>Clusters of inputs dealt whole.</summary>
    public static Strategy Feature { get; } =
        new("feature", "clusters of inputs, found in the parent, dealt whole", (factor, after) => Split(Method.Feature, factor, after));

    /// <summary>Partitions shared by groups of neurons.</summary>
    public static Strategy Share { get; } = new(
        "share", $"random, {SharedNeurons} neurons share a partition", (factor, after) => Split(Method.Random, factor, after) with { Share = SharedNeurons });

    /// <summary>Outgoing edges dealt as well.</summary>
    public static Strategy Deal { get; } = new(
        "deal", "random, outgoing edges dealt instead of pruned", (factor, after) => Split(Method.Random, factor, after) with { Outgoing = Outgoing.Deal });

    /// <summary>Both.</summary>
    public static Strategy DealShare { get; } = new(
        "deal-share", "deal and share", (factor, after) => Split(Method.Random, factor, after) with { Share = SharedNeurons, Outgoing = Outgoing.Deal });

    /// <summary>Children that share inputs.</summary>
    public static Strategy Overlap { get; } =
        new("overlap", "control: children draw their inputs independently", (factor, after) => Split(Method.Overlap, factor, after));

    /// <summary>Children that share a bias.</summary>
    public static Strategy TiedBias { get; } =
        new("tied-bias", "control: the children of a neuron share one bias", (factor, after) => Split(Method.TiedBias, factor, after));

    /// <summary>A random sparse network from the start.</summary>
    public static Strategy StaticSparse { get; } = new(
        "static-sparse", "control: as wide, as many weights, lying at random from the start", (factor, _) => Split(Method.StaticSparse, factor, after: 0));

    /// <summary>Weights dropped at random.</summary>
    public static Strategy DropConnect { get; } = new(
        "dropconnect", "control: as wide but dense, as many weights at a time", (factor, _) => new Variant { Method = Method.DropConnect, Factor = factor });

    /// <summary>More weights.</summary>
    public static Strategy Wider { get; } =
        new("dense-1.2", "control: dense with 1.2 times the weights", (_, _) => new Variant { Method = Method.WiderDense, WeightRatio = 1.2 });

    /// <summary>Twice the weights.</summary>
    public static Strategy TwiceAsWide { get; } =
        new("dense-2", "control: dense with twice the weights", (_, _) => new Variant { Method = Method.WiderDense, WeightRatio = 2 });

    /// <summary>All strategies, in the order of tables.</summary>
    public static IReadOnlyList<Strategy> All { get; } =
        [Random, Clause, Feature, Share, Deal, DealShare, Overlap, TiedBias, StaticSparse, DropConnect, Wider, TwiceAsWide];

    private static Variant Split(Method method, int factor, int after) => new() { Method = method, Factor = factor, ExpandAfter = after };
}
