using Samples.Paper.Results;

namespace Samples.Paper.Claims;

/// <summary>Kinds of variants that claims are about.</summary>
internal static class Ways
{
    /// <summary>A method with one partition per neuron and pruned outgoing edges, as in the paper.</summary>
    public static Func<Variant, bool> Is(Method method) => variant => variant.Method == method && variant.IsPlain;

    /// <summary>Random splits whose partitions are shared, whose outgoing edges are dealt, or both.</summary>
    public static Func<Variant, bool> IsRandom(bool shared, bool dealt) => variant =>
        variant is { Method: Method.Random, Within: 0 } && (variant.Share > 1) == shared && (variant.Outgoing == Outgoing.Deal) == dealt;

    /// <summary>The paper's three splits.</summary>
    public static bool IsSplit(Variant variant) => Is(Method.Random)(variant) || Is(Method.Clause)(variant) || Is(Method.Feature)(variant);

    /// <summary>A method in the names of claims.</summary>
    public static string Name(Method method) => method.ToString().ToLowerInvariant();
}
