using Samples.Paper.Results;

namespace Samples.Paper.Comparisons;

/// <summary>A network in a setting: the common part of the runs of all seeds.</summary>
/// <param name="Setting">The setting.</param>
/// <param name="Variant">The network.</param>
internal sealed record Contender(Setting Setting, Variant Variant)
{
    /// <summary>The dense parent in the same setting.</summary>
    public Contender Dense => this with { Variant = Variant.Dense };
}
