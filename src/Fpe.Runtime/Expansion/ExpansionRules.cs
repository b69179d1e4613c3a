using Fpe.Counting;

namespace Fpe.Expansion;

/// <summary>
/// What a plan has to fulfil. The compiler has proved it for models declared with attributes; plans built by hand are
/// checked here. Messages name the layer, the numbers and the fix.
/// </summary>
internal static class ExpansionRules
{
    /// <summary>Checks the layers one by one and as a chain.</summary>
    /// <exception cref="ExpansionException">A rule is broken.</exception>
    public static void Check(IReadOnlyList<ParentLayer> parents)
    {
        if (parents.Count == 0)
            throw new ExpansionException("There is no layer with weights; add at least an output layer.");
        for (int l = 0; l < parents.Count; l++)
        {
            ParentLayer? next = l + 1 < parents.Count ? parents[l + 1] : null;
            CheckSizes(parents[l], next);
            CheckExpansion(parents[l], next);
            CheckValues(parents[l]);
        }
    }

    /// <summary>Checks the budget, and that every layer fits into an array.</summary>
    /// <exception cref="ExpansionException">A rule is broken.</exception>
    public static void CheckCounts(IReadOnlyList<ParentLayer> parents, WeightCounts counts, long weightBudget)
    {
        for (int l = 0; l < parents.Count; l++)
        {
            long weights = counts.Layers[l].BeforePruning;
            if (weights > Array.MaxLength)
                throw Broken(parents[l], $"{weights} weights before pruning are more than the {Array.MaxLength} that fit; make it smaller");
            long children = (long)parents[l].Neurons * parents[l].Expansion.Factor;
            if (children > Array.MaxLength)
                throw Broken(parents[l], $"{children} children are more than the {Array.MaxLength} that fit; lower the factor");
        }

        if (weightBudget > counts.BeforePruning)
        {
            throw new ExpansionException(
                $"A budget of {weightBudget} weights is more than the {counts.BeforePruning} there are before pruning; lower it.");
        }

        CheckFloor(counts, weightBudget);
    }

    /// <summary>Checks that the budget leaves every layer its floor.</summary>
    /// <param name="counts">The counts of the plan.</param>
    /// <param name="weightBudget">Weights of all <c>Linear</c> layers after expansion.</param>
    /// <exception cref="ExpansionException">The floors are more than the budget.</exception>
    public static void CheckFloor(WeightCounts counts, long weightBudget)
    {
        if (weightBudget < counts.LinearFloor)
        {
            throw new ExpansionException(
                $"A budget of {weightBudget} weights is below {counts.LinearFloor}: pruning leaves every layer half of the weights that it "
                + "has in the dense parent; lower a factor, or do not count biases.");
        }
    }

    private static void CheckSizes(ParentLayer layer, ParentLayer? next)
    {
        if (layer.Inputs < 1 || layer.Neurons < 1)
            throw Broken(layer, $"{layer.Inputs} inputs and {layer.Neurons} neurons; both have to be positive");
        if (next is not null && next.Inputs != layer.Neurons)
            throw Broken(layer, $"{layer.Neurons} neurons, but {next.Name} has {next.Inputs} inputs; make them equal");
        if (layer.Weights.LongLength != (long)layer.Neurons * layer.Inputs)
            throw Broken(layer, $"{layer.Weights.LongLength} weights are not {layer.Neurons} neurons × {layer.Inputs} inputs");
        if (layer.Biases.Length != layer.Neurons)
            throw Broken(layer, $"{layer.Biases.Length} biases are not one for each of {layer.Neurons} neurons");
    }

    private static void CheckExpansion(ParentLayer layer, ParentLayer? next)
    {
        ExpansionPlan plan = layer.Expansion;
        if (plan.Factor < 1)
            throw Broken(layer, $"factor {plan.Factor} is below 1; 1 keeps the layer dense");
        if (plan.Share < 1)
            throw Broken(layer, $"share {plan.Share} is below 1; 1 gives every neuron a partition of its own");
        if (!plan.IsExpanded)
            return;

        if (next is null)
            throw Broken(layer, $"factor {plan.Factor} on the output layer, which cannot be expanded; set it to 1");
        if (plan.Factor > layer.Inputs)
        {
            throw Broken(layer, $"factor {plan.Factor} is larger than its {layer.Inputs} inputs, so a child would have no weights; "
                + $"the largest factor that fits is {layer.Inputs}");
        }

        if (layer.DealsOutgoing && plan.Factor > next.Neurons)
        {
            throw Broken(layer, $"factor {plan.Factor} is larger than the {next.Neurons} neurons of {next.Name}, so that with Deal "
                + $"none would read some child; the largest factor that fits is {next.Neurons}");
        }

        if (plan.Outgoing is not (Outgoing.Prune or Outgoing.Deal))
            throw Broken(layer, $"there is no policy {plan.Outgoing} for outgoing edges");
        if (plan.Strategy is not (Split.Random or Split.Clause or Split.Feature))
            throw Broken(layer, $"there is no split strategy {plan.Strategy}");
        if (plan.Strategy == Split.Clause)
            CheckClauses(layer);
    }

    private static void CheckClauses(ParentLayer layer)
    {
        IReadOnlyList<IReadOnlyList<int>> clauses = layer.Expansion.Clauses;
        if (clauses.Count == 0)
            throw Broken(layer, "the Clause strategy has no groups of inputs; name them, or use Random");

        var clauseOf = new Dictionary<int, int>();
        for (int clause = 0; clause < clauses.Count; clause++)
        {
            if (clauses[clause].Count == 0)
                throw Broken(layer, $"clause {clause} has no inputs; remove it");
            foreach (int input in clauses[clause])
            {
                if (input < 0 || input >= layer.Inputs)
                    throw Broken(layer, $"clause {clause} has input {input}, but the inputs are 0 to {layer.Inputs - 1}");
                if (!clauseOf.TryAdd(input, clause))
                    throw Broken(layer, $"input {input} is in clause {clauseOf[input]} and in clause {clause}; make them disjoint");
            }
        }

        int factor = layer.Expansion.Factor;
        int looseInputs = layer.Inputs - clauseOf.Count;
        int fed = clauses.Count + looseInputs;
        if (fed < factor)
        {
            throw Broken(layer, $"{clauses.Count} clauses and {looseInputs} inputs in none leave {factor - fed} of {factor} children "
                + $"without weights; the largest factor that fits is {fed}");
        }
    }

    private static void CheckValues(ParentLayer layer)
    {
        int i = Array.FindIndex(layer.Weights, weight => !double.IsFinite(weight));
        if (i >= 0)
        {
            throw Broken(layer, $"weight [{i / layer.Inputs}, {i % layer.Inputs}] is {layer.Weights[i]}; "
                + "training diverged, a lower learning rate may help");
        }
    }

    private static ExpansionException Broken(ParentLayer layer, string problem) => new($"{layer.Name}: {problem}.");
}
