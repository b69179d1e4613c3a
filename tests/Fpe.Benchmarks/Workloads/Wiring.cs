using Fpe.Compute;
using Fpe.Expansion;

namespace Fpe.Benchmarks.Workloads;

/// <summary>How the edges of a layer lie.</summary>
/// <param name="Name">Name in tables.</param>
/// <param name="Share">Parents that share a partition; 0 for the dense parent.</param>
/// <param name="Method">How partitions are drawn.</param>
internal sealed record Wiring(string Name, int Share, SplitExpansion Method)
{
    /// <summary>The dense parent, which everything is compared with.</summary>
    public static Wiring Dense { get; } = new("dense parent", 0, SplitExpansion.Default);

    /// <summary>Partitions of their own, drawn over all inputs at once, as usual.</summary>
    public static Wiring Own { get; } = new("own, plain", 1, SplitExpansion.Default);

    /// <summary>Partitions of their own, drawn in balanced blocks of 64 inputs.</summary>
    public static Wiring OwnBalanced { get; } = new("own, balanced", 1, new SplitExpansion { BlockSize = 64 });

    /// <summary>All, the dense parent first.</summary>
    public static IReadOnlyList<Wiring> All { get; } = [Dense, Shared(8), Shared(16), Shared(32), Shared(64), OwnBalanced, Own];

    /// <summary>Whether this is the dense parent.</summary>
    public bool IsDense => Share == 0;

    /// <summary>Parents in groups that share a partition.</summary>
    public static Wiring Shared(int share) => new($"Share = {share}", share, SplitExpansion.Default);

    /// <summary>What the compiler chooses if <c>Share</c> is not written; docs/choosing.md has the rule.</summary>
    public static Wiring DefaultOf(WorkloadShape shape) => Shared(shape.Parents switch { >= 128 => 32, >= 64 => 16, >= 32 => 8, _ => 1 });

    /// <summary>Whether a layer has enough parents for at least one whole group.</summary>
    public bool Suits(WorkloadShape shape) => Share <= shape.Parents;

    /// <summary>The expansion of a layer.</summary>
    public ExpansionPlan PlanOf(WorkloadShape shape) => IsDense ? ExpansionPlan.None : new ExpansionPlan(shape.Factor, Share: Share);

    /// <summary>The edges of a layer before pruning.</summary>
    public EdgeLayout LayoutOf(WorkloadShape shape)
    {
        var hidden = new ParentLayer("Hidden", shape.Inputs, shape.Parents, PlanOf(shape), new double[shape.Inputs * shape.Parents], new double[shape.Parents]);
        var output = new ParentLayer("Logits", shape.Parents, 1, ExpansionPlan.None, new double[shape.Parents], new double[1]);
        return Method.ExpandLayers([hidden, output], seed: 0)[0].Layout;
    }
}
