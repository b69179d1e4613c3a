using Fpe.Counting;

namespace Fpe.Expansion;

/// <summary>
/// How a dense parent becomes a wider network with a given number of non-zero weights. <see cref="SplitExpansion"/> is Fixed
/// Parameter Expansion; the others are what it is compared with, at the same width and the same count.
/// </summary>
/// <remarks>
/// Factors, policies and budget are the plan's; a method decides which edges exist and which values they start with. A method
/// of one's own derives from this class. Instances are immutable, so that several models may share one.
/// </remarks>
public abstract class ExpansionMethod
{
    /// <summary>Expands a model. The result depends on the arguments alone.</summary>
    /// <param name="parents">Every layer with weights, from input to output; the last one is not expanded.</param>
    /// <param name="weightBudget">Weights the expanded model has.</param>
    /// <param name="seed">Seed of every random choice.</param>
    /// <returns>The layers in the same order, α times as wide, with <paramref name="weightBudget"/> edges together.</returns>
    /// <exception cref="ExpansionException">The plan cannot work, a weight is not finite, or the method broke its promise.</exception>
    public IReadOnlyList<ExpandedLayer> Expand(IReadOnlyList<ParentLayer> parents, long weightBudget, long seed)
    {
        ArgumentNullException.ThrowIfNull(parents);
        ExpansionRules.Check(parents);
        ExpansionRules.CheckCounts(parents, CountsOf(parents), weightBudget);

        IReadOnlyList<ExpandedLayer> expanded = Build(parents, weightBudget, seed);
        ExpandedLayerRules.Check(GetType().Name, parents, expanded, weightBudget);
        return expanded;
    }

    /// <summary>
    /// Builds the wide network; arguments, which have been checked, and result as for <see cref="Expand"/>, which checks the result.
    /// Random numbers come from streams of <paramref name="seed"/>.
    /// </summary>
    protected abstract IReadOnlyList<ExpandedLayer> Build(IReadOnlyList<ParentLayer> parents, long weightBudget, long seed);

    /// <summary>The counts that follow from the plan, without biases: those do not matter to the edges.</summary>
    private protected static WeightCounts CountsOf(IReadOnlyList<ParentLayer> parents) =>
        WeightCounts.Of([.. parents.Select(layer => layer.Size)], countBiases: false);
}
