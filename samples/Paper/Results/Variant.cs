using System.Globalization;
using System.Text.Json.Serialization;

namespace Samples.Paper.Results;

/// <summary>One of the networks that are compared in a <see cref="Setting"/>: the dense parent, or a network derived from it.</summary>
internal sealed record Variant
{
    /// <summary>The dense parent, trained to the end.</summary>
    public static Variant Dense { get; } = new() { Method = Method.Dense };

    /// <summary>How the network is derived from the dense parent.</summary>
    [JsonConverter(typeof(NamedEnumConverter<Method>))]
    public required Method Method { get; init; }

    /// <summary>Children per neuron (α); 1 for a network that is not expanded.</summary>
    public int Factor { get; init; } = 1;

    /// <summary>Neurons that share one partition.</summary>
    public int Share { get; init; } = 1;

    /// <summary>Consecutive inputs (M) of which each child reads <c>Within / Factor</c> (N); 0 for no pattern.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Within { get; init; }

    /// <summary>The policy for outgoing edges.</summary>
    [JsonConverter(typeof(NamedEnumConverter<Outgoing>))]
    public Outgoing Outgoing { get; init; } = Outgoing.Prune;

    /// <summary>
    /// Number of epochs for which the dense parent is trained before it is expanded; null for a network that is never expanded.
    /// </summary>
    public int? ExpandAfter { get; init; }

    /// <summary>
    /// Weights divided by those of the dense parent, for <see cref="Method.WiderDense"/> and for <see cref="Method.Average"/>, where it is
    /// the number of networks; otherwise null.
    /// </summary>
    public double? WeightRatio { get; init; }

    /// <summary>Whether this is the dense parent itself.</summary>
    [JsonIgnore]
    public bool IsDense => Method == Method.Dense;

    /// <summary>
    /// Whether the network is expanded as in the paper: each neuron has its own partition, without a pattern, and outgoing edges are
    /// pruned.
    /// </summary>
    [JsonIgnore]
    public bool IsPlain => this is { Share: 1, Within: 0, Outgoing: Outgoing.Prune };

    /// <summary>
    /// Whether the network does not use a trained dense parent: <see cref="ExpandAfter"/> is 0, regardless of its value for other networks.
    /// </summary>
    [JsonIgnore]
    public bool IsNew => Method is Method.StaticSparse or Method.Learned or Method.LearnedSkip or Method.Rigl or Method.Set or Method.LinearPruned;

    /// <summary>A short label for tables, without the factor: <c>random, deal</c>.</summary>
    [JsonIgnore]
    public string Label => string.Join(", ", Words(" "));

    /// <summary>The variant as part of keys: <c>random factor=2 after=25</c>.</summary>
    [JsonIgnore]
    public string Key
    {
        get
        {
            string key = string.Join(' ', Words("="));
            if (Factor > 1)
                key = string.Create(CultureInfo.InvariantCulture, $"{key} factor={Factor}");
            return ExpandAfter is { } epochs ? string.Create(CultureInfo.InvariantCulture, $"{key} after={epochs}") : key;
        }
    }

    private IEnumerable<string> Words(string equals)
    {
        yield return Name(Method);
        if (WeightRatio is { } ratio)
            yield return string.Create(CultureInfo.InvariantCulture, $"weights{equals}{ratio}");
        if (Share > 1)
            yield return string.Create(CultureInfo.InvariantCulture, $"share{equals}{Share}");
        if (Within > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{Within / Math.Max(1, Factor)}:{Within}");
        if (Outgoing != Outgoing.Prune)
            yield return Outgoing.ToString().ToLowerInvariant();
    }

    private static string Name(Method method) => method switch
    {
        Method.TiedBias => "tied-bias",
        Method.StaticSparse => "static-sparse",
        Method.WiderDense => "wider-dense",
        Method.SplitRigl => "split-rigl",
        Method.LinearPruned => "linear-pruned",
        Method.LearnedSkip => "learned-skip",
        Method.Dense or Method.Random or Method.Clause or Method.Feature or Method.Overlap or Method.DropConnect or Method.Learned or Method.Rigl
            or Method.Set or Method.Linear or Method.Average => method.ToString().ToLowerInvariant(),
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Unknown method."),
    };
}
