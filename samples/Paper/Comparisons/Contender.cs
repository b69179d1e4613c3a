using Samples.Paper.Results;

namespace Samples.Paper.Comparisons;

/// <summary>One of the networks on one ground: what the runs of all seeds have in common.</summary>
/// <param name="Setting">The ground.</param>
/// <param name="Variant">The network.</param>
internal sealed record Contender(Setting Setting, Variant Variant)
{
    /// <summary>The dense parent on the same ground.</summary>
    public Contender Dense => this with { Variant = Variant.Dense };
}
