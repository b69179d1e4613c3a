using Fpe.Counting;

namespace Fpe.Expansion;

/// <summary>
/// Turns a dense parent into a wider network with a given number of non-zero weights. <see cref="SplitExpansion"/> is Fixed Parameter
/// Expansion; the others serve as baselines with the same width and the same count.
/// </summary>
/// <remarks>
/// The plan determines factors, policies and budget; a method chooses the edges and their initial values. Derive from this class to
/// implement your own method. Instances are immutable, so several models may share one.
/// </remarks>
public abstract class ExpansionMethod
{
    /// <summary>Expands a model. The result depends only on the arguments.</summary>
    /// <param name="parents">Every layer with weights, from input to output; the last one is not expanded.</param>
    /// <param name="weightBudget">Number of weights of the expanded model.</param>
    /// <param name="seed">Seed of all random choices.</param>
    /// <returns>The layers in the same order, α times as wide, with <paramref name="weightBudget"/> edges in total.</returns>
    /// <exception cref="ExpansionException">
    /// The plan cannot be carried out, a weight is not finite, or the result of the method is invalid.
    /// </exception>
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
    /// Builds the wide network. Arguments and result are as for <see cref="Expand"/>, which checks both. Random numbers must come from
    /// streams of <paramref name="seed"/>.
    /// </summary>
    protected abstract IReadOnlyList<ExpandedLayer> Build(IReadOnlyList<ParentLayer> parents, long weightBudget, long seed);

    /// <summary>Returns the counts that follow from the plan, without biases, which do not affect the edges.</summary>
    private protected static WeightCounts CountsOf(IReadOnlyList<ParentLayer> parents) =>
        WeightCounts.Of([.. parents.Select(layer => layer.Size)], countBiases: false);
}
