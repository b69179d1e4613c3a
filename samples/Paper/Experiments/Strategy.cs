using System.Globalization;
using Samples.Paper.Results;

namespace Samples.Paper.Experiments;

/// <summary>A named way to derive a network from the dense parent, for the command line.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">A one-line description.</param>
/// <param name="Of">
/// Creates the variant for the width of a dense parent, a factor and a time of the split; strategies without factor or split ignore these.
/// </param>
internal sealed record Strategy(string Name, string Description, Func<int, int, int, Variant> Of)
{
    // Neurons that share a partition, unless the name of the strategy says another number.
    private const int SharedNeurons = 16;

    private const int AveragedNetworks = 4;

    // Number of inputs that each child reads of every 2α consecutive inputs.
    private const int KeptOfGroup = 2;

    /// <summary>Inputs dealt at random.</summary>
    public static Strategy Random { get; } = new("random", "inputs dealt at random", (_, factor, after) => Split(Method.Random, factor, after));

    /// <summary>Clauses dealt whole.</summary>
    public static Strategy Clause { get; } = new("clause", "clauses dealt whole", (_, factor, after) => Split(Method.Clause, factor, after));

    /// <summary>Clusters of inputs dealt whole.</summary>
    public static Strategy Feature { get; } =
        new("feature", "clusters of inputs, found in the parent, dealt whole", (_, factor, after) => Split(Method.Feature, factor, after));

    /// <summary>Partitions shared by groups of neurons.</summary>
    public static Strategy Share { get; } = new(
        "share", $"random, {SharedNeurons} neurons share a partition, or 8 in share-8 and so on", (_, factor, after) => Split(Method.Random, factor, after) with { Share = SharedNeurons });

    /// <summary>Outgoing edges dealt as well.</summary>
    public static Strategy Deal { get; } = new(
        "deal", "random, outgoing edges dealt instead of pruned", (_, factor, after) => Split(Method.Random, factor, after) with { Outgoing = Outgoing.Deal });

    /// <summary>Both.</summary>
    public static Strategy DealShare { get; } = new(
        "deal-share", "deal and share, or deal-share-8 and so on", (_, factor, after) => Split(Method.Random, factor, after) with { Share = SharedNeurons, Outgoing = Outgoing.Deal });

    /// <summary>Children that share inputs.</summary>
    public static Strategy Overlap { get; } =
        new("overlap", "control: children draw their inputs independently", (_, factor, after) => Split(Method.Overlap, factor, after));

    /// <summary>Children that share a bias.</summary>
    public static Strategy TiedBias { get; } =
        new("tied-bias", "control: the children of a neuron share one bias", (_, factor, after) => Split(Method.TiedBias, factor, after));

    /// <summary>A random sparse network from the start.</summary>
    public static Strategy StaticSparse { get; } = new(
        "static-sparse", "control: as wide, as many weights, lying at random from the start", (_, factor, _) => Split(Method.StaticSparse, factor, after: 0));

    /// <summary>Weights dropped at random.</summary>
    public static Strategy DropConnect { get; } = new(
        "dropconnect", "control: as wide but dense, as many weights at a time", (_, factor, _) => new Variant { Method = Method.DropConnect, Factor = factor });

    /// <summary>More weights.</summary>
    public static Strategy Wider { get; } =
        new("dense-1.2", "control: dense with 1.2 times the weights", (_, _, _) => new Variant { Method = Method.WiderDense, WeightRatio = 1.2 });

    /// <summary>Twice the weights.</summary>
    public static Strategy TwiceAsWide { get; } =
        new("dense-2", "control: dense with twice the weights", (_, _, _) => new Variant { Method = Method.WiderDense, WeightRatio = 2 });

    /// <summary>Edges learned by pruning.</summary>
    public static Strategy Learned { get; } = new(
        "learned", "edges learned: trained with all, then pruned gradually to the dense parent's count", (_, factor, _) => Split(Method.Learned, factor, after: 0));

    /// <summary>Edges learned by pruning, with a skip.</summary>
    public static Strategy LearnedSkip { get; } = new(
        "learned-skip", "the same with a skip from the inputs to the outputs, which is pruned along", (_, factor, _) => Split(Method.LearnedSkip, factor, after: 0));

    /// <summary>Edges learned by pruning, in blocks.</summary>
    public static Strategy LearnedShare { get; } = new(
        "learned-share", "learned in blocks of neurons that read the same inputs: half of the width, at least 4 and at most 32",
        (width, factor, _) => Split(Method.Learned, factor, after: 0) with { Share = Math.Clamp(width / 2, 4, 32) });

    /// <summary>Edges learned by exchange for those of large gradients.</summary>
    public static Strategy Rigl { get; } = new(
        "rigl", "edges learned at a constant count: random ones, exchanged for those of the largest gradients", (_, factor, _) => Split(Method.Rigl, factor, after: 0));

    /// <summary>Edges exchanged at random.</summary>
    public static Strategy Set { get; } = new(
        "set", "the same, exchanged for random ones", (_, factor, _) => Split(Method.Set, factor, after: 0));

    /// <summary>Expansion, then exchange.</summary>
    public static Strategy SplitRigl { get; } = new(
        "split-rigl", "random, then exchanged for edges of the largest gradients", (_, factor, after) => Split(Method.SplitRigl, factor, after));

    /// <summary>Random splits with a pattern.</summary>
    public static Strategy Pattern { get; } = new(
        "n-of-m", "random, and each child reads 2 of every 2α consecutive inputs",
        (_, factor, after) => Split(Method.Random, factor, after) with { Within = KeptOfGroup * factor });

    /// <summary>Edges learned by pruning, with a pattern.</summary>
    public static Strategy LearnedPattern { get; } = new(
        "learned-n-of-m", "learned, and each child reads 2 of every 2α consecutive inputs",
        (_, factor, _) => Split(Method.Learned, factor, after: 0) with { Within = KeptOfGroup * factor });

    /// <summary>No hidden layer.</summary>
    public static Strategy Linear { get; } =
        new("linear", "control: no hidden layer, with as many weights as that has", (_, _, _) => new Variant { Method = Method.Linear });

    /// <summary>No hidden layer, pruned.</summary>
    public static Strategy LinearPruned { get; } = new(
        "linear-pruned", "control: no hidden layer, pruned gradually to the dense parent's count", (_, _, _) => new Variant { Method = Method.LinearPruned, ExpandAfter = 0 });

    /// <summary>Several expansions.</summary>
    public static Strategy Average { get; } = new(
        "average-4", "control: the mean of the logits of four random splits of one parent, with four times the weights",
        (_, factor, after) => Split(Method.Average, factor, after) with { WeightRatio = AveragedNetworks });

    /// <summary>All strategies, in the order of tables.</summary>
    public static IReadOnlyList<Strategy> All { get; } =
    [
        Random, Clause, Feature, Share, Deal, DealShare, Overlap, TiedBias, StaticSparse, DropConnect, Wider, TwiceAsWide,
        Learned, LearnedSkip, LearnedShare, Rigl, Set, SplitRigl, Pattern, LearnedPattern, Linear, LinearPruned, Average,
    ];

    /// <summary>Returns the strategy of a name, regardless of case; null if there is none.</summary>
    /// <param name="name">A name of <see cref="All"/>, or one of a strategy that shares partitions with the number of neurons: <c>share-8</c>.</param>
    public static Strategy? Find(string name)
    {
        if (All.FirstOrDefault(strategy => IsNamed(strategy, name)) is { } listed)
            return listed;
        int dash = name.LastIndexOf('-');
        return dash > 0 && int.TryParse(name.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int neurons) && neurons > 1
            ? new[] { Share, DealShare }.FirstOrDefault(strategy => IsNamed(strategy, name[..dash]))?.SharedBy(neurons)
            : null;
    }

    private static bool IsNamed(Strategy strategy, string name) => string.Equals(strategy.Name, name, StringComparison.OrdinalIgnoreCase);

    private Strategy SharedBy(int neurons) =>
        this with { Name = string.Create(CultureInfo.InvariantCulture, $"{Name}-{neurons}"), Of = (width, factor, after) => Of(width, factor, after) with { Share = neurons } };

    private static Variant Split(Method method, int factor, int after) => new() { Method = method, Factor = factor, ExpandAfter = after };
}
