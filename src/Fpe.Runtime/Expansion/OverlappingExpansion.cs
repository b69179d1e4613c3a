using Fpe.Numerics;

namespace Fpe.Expansion;

/// <summary>
/// A control for <see cref="SplitExpansion"/>: the children of a neuron draw their inputs independently of each other, so that they
/// overlap and some inputs are read by none (the non-disjoint split that arXiv 2510.04500 compares with).
/// </summary>
/// <remarks>
/// Each child has as many inputs as the plan's split would give it, chosen uniformly, and inherits the parent's weights over them
/// and its bias; outgoing edges, pruning and counts are those of <see cref="SplitExpansion"/>. Only disjointness differs.
/// </remarks>
public sealed class OverlappingExpansion : SplitExpansion
{
    private protected override ChildInputs Draw(ParentLayer parent, long seed, int layer) =>
        base.Draw(parent, seed, layer).Redraw(parent.Inputs, new RandomStream(seed, RandomPurpose.OverlappingSplit, layer));
}
