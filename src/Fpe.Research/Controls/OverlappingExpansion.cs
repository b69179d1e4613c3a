using Fpe.Expansion;
using Fpe.Numerics;

namespace Fpe.Research.Controls;

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
    /// <inheritdoc/>
    protected override int[][][] DrawInputs(ParentLayer parent, long seed, int layer)
    {
        var random = new RandomStream(seed, RandomPurpose.OverlappingSplit, layer);
        return Array.ConvertAll(
            base.DrawInputs(parent, seed, layer),
            group => Array.ConvertAll(group, inputs => random.Permutation(parent.Inputs)[..inputs.Length]));
    }
}
